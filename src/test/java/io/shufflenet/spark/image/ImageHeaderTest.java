package io.shufflenet.spark.image;

import static io.shufflenet.spark.image.TestImages.ascii;
import static io.shufflenet.spark.image.TestImages.golden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.shufflenet.spark.image.ImageException.Kind;
import io.shufflenet.spark.image.ImageHeader.Format;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageHeaderTest {
  @ParameterizedTest
  @CsvSource({
    "j_420.jpg, JPEG",
    "j_prog.jpg, JPEG",
    "p_rgb.png, PNG",
    "o.gif, GIF",
    "o.bmp, BMP",
    "o.tiff, TIFF",
    "o_lossy.webp, WEBP",
    "o_lossless.webp, WEBP",
  })
  void readsFormatAndSize(String name, Format format) throws Exception {
    assertThat(ImageHeader.read(golden(name))).isEqualTo(new ImageHeader(format, 321, 267, 1));
  }

  @Test
  void readsAPnmHeaderWithComments() throws Exception {
    byte[] image = ascii("P6 # made by hand\n3\t2 255\n" + "x".repeat(18));

    assertThat(ImageHeader.read(image)).isEqualTo(new ImageHeader(Format.PNM, 3, 2, 1));
  }

  @Test
  void readsABigTiff() throws Exception {
    ByteBuffer file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("II+\0\10\0\0\0")).putLong(16).putLong(2);
    file.putShort((short) 256).putShort((short) 4).putLong(1).putLong(640);
    file.putShort((short) 257).putShort((short) 3).putLong(1).putLong(480);

    assertThat(ImageHeader.read(file.array())).isEqualTo(new ImageHeader(Format.TIFF, 640, 480, 1));
  }

  @Test
  void readsTheOrientationOfAJpeg() throws Exception {
    assertThat(ImageHeader.read(golden("j_exif6.jpg")))
        .isEqualTo(new ImageHeader(Format.JPEG, 321, 267, 6));
  }

  @Test
  void readsTheOrientationInBothByteOrders() throws Exception {
    byte[] jpeg = golden("j_420.jpg");
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      byte[] turned = TestImages.jpegWithExif(jpeg, TestImages.exif(order, 8));

      assertThat(ImageHeader.read(turned).orientation()).as(order.toString()).isEqualTo(8);
    }
  }

  @Test
  void readsTheOrientationOfAPng() throws Exception {
    byte[] exif = TestImages.exif(ByteOrder.BIG_ENDIAN, 5);

    assertThat(ImageHeader.read(TestImages.pngWith(golden("p_rgb.png"), "eXIf", exif)))
        .isEqualTo(new ImageHeader(Format.PNG, 321, 267, 5));
  }

  @Test
  void readsTheOrientationOfAWebp() throws Exception {
    byte[] exif = TestImages.exif(ByteOrder.LITTLE_ENDIAN, 3);
    ByteBuffer file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(56).put(ascii("WEBPVP8X")).putInt(10).putInt(8);
    file.put(new byte[] {(byte) 0x3F, 1, 0, 9, 0, 0}).put(ascii("EXIF")).putInt(exif.length);
    file.put(exif);

    assertThat(ImageHeader.read(file.array())).isEqualTo(new ImageHeader(Format.WEBP, 320, 10, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 255})
  void takesAnImpossibleOrientationForUpright(int orientation) throws Exception {
    byte[] exif = TestImages.exif(ByteOrder.BIG_ENDIAN, orientation);

    assertThat(ImageHeader.read(TestImages.jpegWithExif(golden("j_420.jpg"), exif)).orientation())
        .isEqualTo(1);
  }

  @Test
  void takesDamagedExifDataForUpright() throws Exception {
    byte[] jpeg = golden("j_420.jpg");
    byte[] exif = TestImages.exif(ByteOrder.BIG_ENDIAN, 6);
    for (int length = 0; length < 19; length++) {
      byte[] damaged = Arrays.copyOf(exif, length);

      assertThat(ImageHeader.read(TestImages.jpegWithExif(jpeg, damaged)).orientation())
          .as("%d bytes", length)
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0000001866747970686569630000000000000000, the format is HEIC",
    "0000001C66747970617669660000000000000000, the format is AVIF",
    "0000000C6A5020200D0A870A, the format is JPEG 2000",
    "FF0A00, the format is JPEG XL",
    "3C7376672077696474683D223122, the format is SVG",
    "384250530001, the format is Photoshop",
    "255044462D312E34, the format is PDF",
    "00000100010010, the format is Windows icon",
    "49492A00100000004352020000, the format is Canon raw",
  })
  void namesAFormatThatIsNotRead(String bytes, String message) {
    ImageException failure = failure(HexFormat.of().parseHex(bytes));

    assertThat(failure.kind()).isEqualTo(Kind.UNSUPPORTED_FORMAT);
    assertThat(failure).hasMessageStartingWith(message).hasMessageEndingWith("which is not read");
  }

  @ParameterizedTest
  @CsvSource({
    "<!DOCTYPE html>, the file looks like an HTML page",
    "version https://git-lfs.github.com/spec/v1, the file looks like a Git LFS pointer",
    "hello, no image format begins with the bytes 68 65 6c 6c 6f",
    "BMW is a car, the file begins with BM and has no header of a bitmap",
    "P5 is a name, the file begins with P5 and goes on in no number",
  })
  void tellsWhatIsNoImage(String text, String message) {
    ImageException failure = failure(ascii(text + " ".repeat(20)));

    assertThat(failure.kind()).isEqualTo(Kind.NOT_AN_IMAGE);
    assertThat(failure).hasMessageContaining(message);
  }

  @Test
  void tellsAnEmptyFile() {
    assertThat(failure(new byte[0])).hasMessage("the file has no bytes");
    assertThat(failure(new byte[0]).kind()).isEqualTo(Kind.EMPTY);
  }

  @ParameterizedTest
  @CsvSource({"12, of 12 bits a sample", "16, of 16 bits a sample"})
  void refusesAJpegOfMoreThan8Bits(int bits, String message) {
    byte[] jpeg = golden("j_420.jpg");
    jpeg[frame(jpeg) + 4] = (byte) bits;

    assertThat(failure(jpeg).kind()).isEqualTo(Kind.UNSUPPORTED_FORMAT);
    assertThat(failure(jpeg)).hasMessageContaining(message);
  }

  @Test
  void refusesALosslessJpeg() {
    byte[] jpeg = golden("j_420.jpg");
    jpeg[frame(jpeg) + 1] = (byte) 0xC3;

    assertThat(failure(jpeg).kind()).isEqualTo(Kind.UNSUPPORTED_FORMAT);
    assertThat(failure(jpeg)).hasMessageContaining("lossless or hierarchical, of frame type 3");
  }

  @Test
  void refusesAnImageWithoutWidth() {
    byte[] bitmap = golden("o.bmp");
    Arrays.fill(bitmap, 18, 22, (byte) 0);

    assertThat(failure(bitmap).kind()).isEqualTo(Kind.CORRUPT);
    assertThat(failure(bitmap)).hasMessage("its header says 0 x 267 pixels");
  }

  @Test
  void refusesSizesThatNoImageHas() {
    assertThat(failure(ascii("P6 9999999999 5 255 ")).kind()).isEqualTo(Kind.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"j_420.jpg", "p_rgb.png", "o.gif", "o.bmp", "o_lossy.webp", "o_lossless.webp"})
  void refusesAHeaderThatEndsEarly(String name) {
    byte[] image = golden(name);
    IntStream.range(12, 24)
        .forEach(
            length ->
                assertThat(failure(Arrays.copyOf(image, length)).kind())
                    .as("%d bytes", length)
                    .isEqualTo(Kind.TRUNCATED));
  }

  private static int frame(byte[] jpeg) {
    int at = 2;
    while (jpeg[at] != (byte) 0xFF || jpeg[at + 1] != (byte) 0xC0) {
      at++;
    }
    return at;
  }

  private static ImageException failure(byte[] encoded) {
    return catchThrowableOfType(ImageException.class, () -> ImageHeader.read(encoded));
  }
}
