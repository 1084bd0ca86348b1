package io.shufflenet.spark.image;

import static io.shufflenet.spark.image.TestImages.as;
import static io.shufflenet.spark.image.TestImages.bgr;
import static io.shufflenet.spark.image.TestImages.picture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.shufflenet.spark.image.ImageException.Kind;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The encoder is the JDK's. */
final class BmpFileTest {
  private static final int HEIGHT = 22;
  private static final int DEPTH = 28;
  private static final int COMPRESSION = 30;

  private final BufferedImage picture = picture(61, 47);

  @Test
  void decodesTriples() throws Exception {
    byte[] bitmap = TestImages.encode(as(BufferedImage.TYPE_3BYTE_BGR, picture), "bmp", "BI_RGB");

    assertThat(decoded(bitmap)).isEqualTo(bgr(picture));
  }

  @Test
  void decodesRowsFromTheTopWhereTheHeightIsNegative() throws Exception {
    byte[] bitmap = TestImages.encode(as(BufferedImage.TYPE_3BYTE_BGR, picture), "bmp", "BI_RGB");
    ByteBuffer.wrap(bitmap).order(ByteOrder.LITTLE_ENDIAN).putInt(HEIGHT, -picture.getHeight());

    byte[] pixels = decoded(bitmap);

    int row = picture.getWidth() * 3;
    assertThat(Arrays.copyOf(pixels, row))
        .isEqualTo(Arrays.copyOfRange(bgr(picture), pixels.length - row, pixels.length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BI_RGB", "BI_RLE8"})
  void decodesIndices(String compression) throws Exception {
    BufferedImage indexed = as(BufferedImage.TYPE_BYTE_INDEXED, picture);

    assertThat(decoded(TestImages.encode(indexed, "bmp", compression))).isEqualTo(bgr(indexed));
  }

  @ParameterizedTest
  @CsvSource({"1, BI_RGB", "4, BI_RGB", "4, BI_RLE4"})
  void decodesIndicesThatShareAByte(int bits, String compression) throws Exception {
    byte[] levels = new byte[1 << bits];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (i * 13 + 5);
    }
    IndexColorModel colours = new IndexColorModel(bits, levels.length, levels, levels, levels);
    BufferedImage indexed = new BufferedImage(60, 47, BufferedImage.TYPE_BYTE_BINARY, colours);
    for (int i = 0; i < 60 * 47; i++) {
      indexed.getRaster().setSample(i % 60, i / 60, 0, i / 7 % levels.length);
    }

    assertThat(decoded(TestImages.encode(indexed, "bmp", compression))).isEqualTo(bgr(indexed));
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_USHORT_555_RGB, BufferedImage.TYPE_USHORT_565_RGB})
  void widensFieldsOfFewBitsTo255(int type) throws Exception {
    BufferedImage white = new BufferedImage(5, 3, type);
    white.setRGB(2, 1, 0xFFFFFF);

    byte[] pixels = decoded(TestImages.encode(white, "bmp", "BI_BITFIELDS"));

    assertThat(pixels).isEqualTo(bgr(white));
  }

  @Test
  void leavesTheFourthByteOut() throws Exception {
    byte[] bitmap = TestImages.encode(picture, "bmp", "BI_BITFIELDS");

    assertThat(bitmap[DEPTH]).isEqualTo((byte) 32);
    assertThat(decoded(bitmap)).isEqualTo(bgr(picture));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BI_RGB", "BI_RLE8"})
  void refusesABitmapThatEndsBeforeItsLastRow(String compression) {
    byte[] bitmap =
        TestImages.encode(as(BufferedImage.TYPE_BYTE_INDEXED, picture), "bmp", compression);

    ImageException failure = failure(Arrays.copyOf(bitmap, bitmap.length - 100));

    assertThat(failure.kind()).isEqualTo(Kind.TRUNCATED);
    assertThat(failure).hasMessageMatching("the (bitmap|file) ends .*");
  }

  @Test
  void refusesCompressionsThatAreNotRead() {
    byte[] bitmap = TestImages.encode(as(BufferedImage.TYPE_3BYTE_BGR, picture), "bmp", "BI_RGB");
    bitmap[COMPRESSION] = 4;

    assertThat(failure(bitmap).kind()).isEqualTo(Kind.UNSUPPORTED_FORMAT);
    assertThat(failure(bitmap))
        .hasMessage("the file is a bitmap of 24 bits a pixel in compression 4, which is not read");
  }

  private static byte[] decoded(byte[] bitmap) throws ImageException {
    BmpFile file = BmpFile.read(Bytes.of(bitmap, ByteOrder.LITTLE_ENDIAN));
    ByteBuffer pixels = ByteBuffer.allocate((int) file.header().pixels() * 3);
    file.decode(pixels);
    return pixels.array();
  }

  private static ImageException failure(byte[] bitmap) {
    return catchThrowableOfType(ImageException.class, () -> decoded(bitmap));
  }
}
