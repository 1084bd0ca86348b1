package io.shufflenet.spark.image;

import static io.shufflenet.spark.image.TestImages.as;
import static io.shufflenet.spark.image.TestImages.bgr;
import static io.shufflenet.spark.image.TestImages.picture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.shufflenet.spark.image.ImageException.Kind;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The encoder is the JDK's, which writes strips of a few rows in big-endian order. */
final class TiffFileTest {
  private static final long MOST_PIXELS = 1_000_000;

  private final BufferedImage picture = as(BufferedImage.TYPE_3BYTE_BGR, picture(61, 47));

  @ParameterizedTest
  @ValueSource(strings = {"LZW", "ZLib", "Deflate", "PackBits"})
  void unpacksColours(String compression) throws Exception {
    assertThat(decoded(TestImages.encode(picture, "tiff", compression))).isEqualTo(bgr(picture));
  }

  @Test
  void decodesPlainColours() throws Exception {
    assertThat(decoded(TestImages.encode(picture, "tiff"))).isEqualTo(bgr(picture));
  }

  @ParameterizedTest
  @CsvSource({
    BufferedImage.TYPE_BYTE_GRAY + ", LZW",
    BufferedImage.TYPE_BYTE_INDEXED + ", PackBits",
    BufferedImage.TYPE_BYTE_BINARY + ", ZLib",
  })
  void decodesGreyIndicesAndBits(int type, String compression) throws Exception {
    BufferedImage converted = as(type, picture);

    assertThat(decoded(TestImages.encode(converted, "tiff", compression)))
        .isEqualTo(levels(converted));
  }

  @Test
  void takesTheHigherByteOf16Bits() throws Exception {
    BufferedImage grey = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setSample(1, 0, 0, 0x7FFF);
    grey.getRaster().setSample(2, 0, 0, 0xFFFF);

    assertThat(decoded(TestImages.encode(grey, "tiff", "LZW")))
        .isEqualTo(new byte[] {0, 0, 0, 0x7F, 0x7F, 0x7F, -1, -1, -1});
  }

  @Test
  void leavesAlphaOut() throws Exception {
    BufferedImage half = new BufferedImage(2, 1, BufferedImage.TYPE_4BYTE_ABGR);
    half.setRGB(0, 0, 0x40_102030);
    half.setRGB(1, 0, 0x00_405060);

    assertThat(decoded(TestImages.encode(half, "tiff")))
        .containsExactly(0x30, 0x20, 0x10, 0x60, 0x50, 0x40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LZW", "ZLib"})
  void refusesDamagedPixels(String compression) {
    byte[] tiff = TestImages.encode(picture, "tiff", compression);
    int pixels = tiff.length / 2;
    Arrays.fill(tiff, pixels, pixels + 20, (byte) 0xEE);

    assertThat(failure(tiff).kind()).isEqualTo(Kind.CORRUPT);
    assertThat(failure(tiff)).hasMessageStartingWith("the TIFF's pixels cannot be unpacked: ");
  }

  @Test
  void refusesAFileThatEndsBeforeItsLastStrip() {
    byte[] tiff = TestImages.encode(picture, "tiff", "LZW");

    assertThat(failure(Arrays.copyOf(tiff, tiff.length - 10)).kind()).isEqualTo(Kind.TRUNCATED);
  }

  @ParameterizedTest
  @CsvSource({
    "259, 50000, the file is a TIFF in compression 50000",
    "262, 8, the file is a TIFF of colour model 8 with 3 samples of 8 bits",
    "277, 7, the file is a TIFF of colour model 2 with 7 samples of 8 bits",
  })
  void refusesWhatIsNotRead(int tag, int value, String message) {
    byte[] tiff = TestImages.encode(picture, "tiff", "LZW");
    set(tiff, tag, value);

    assertThat(failure(tiff).kind()).isEqualTo(Kind.UNSUPPORTED_FORMAT);
    assertThat(failure(tiff)).hasMessage(message + ", which is not read");
  }

  @Test
  void refusesADirectoryWithoutEnd() {
    byte[] tiff = TestImages.encode(picture, "tiff");
    ByteBuffer file = ByteBuffer.wrap(tiff);
    file.putShort(file.getInt(4), (short) 0xFFFF);

    assertThat(failure(tiff)).hasMessage("the TIFF's directory has 65535 entries");
  }

  private static void set(byte[] tiff, int tag, int value) {
    ByteBuffer file = ByteBuffer.wrap(tiff);
    int entry = file.getInt(4) + 2;
    while (Short.toUnsignedInt(file.getShort(entry)) != tag) {
      entry += 12;
    }
    file.putShort(entry + 8, (short) value);
  }

  /**
   * Blue, green and red as the raster has them: the JDK's own conversion of grey is no identity.
   */
  private static byte[] levels(BufferedImage image) {
    if (image.getType() != BufferedImage.TYPE_BYTE_GRAY) {
      return bgr(image);
    }
    byte[] levels = new byte[image.getWidth() * image.getHeight() * 3];
    for (int i = 0; i < levels.length; i++) {
      int pixel = i / 3;
      int x = pixel % image.getWidth();
      levels[i] = (byte) image.getRaster().getSample(x, pixel / image.getWidth(), 0);
    }
    return levels;
  }

  private static byte[] decoded(byte[] tiff) throws ImageException {
    TiffFile file = new TiffFile(Bytes.of(tiff, ByteOrder.BIG_ENDIAN));
    ByteBuffer pixels = ByteBuffer.allocate((int) file.header().pixels() * 3);
    assertThat(file.check(MOST_PIXELS)).as("left to OpenCV").isFalse();
    file.decode(MOST_PIXELS, pixels);
    return pixels.array();
  }

  private static ImageException failure(byte[] tiff) {
    return catchThrowableOfType(ImageException.class, () -> decoded(tiff));
  }
}
