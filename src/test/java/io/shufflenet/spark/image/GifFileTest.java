package io.shufflenet.spark.image;

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

/** The encoder is the JDK's, which always writes interlaced images. */
final class GifFileTest {
  private static final int DESCRIPTOR = 13 + 3 * 256;
  private static final int INTERLACED = 0x40;

  private final BufferedImage picture =
      TestImages.as(BufferedImage.TYPE_BYTE_INDEXED, picture(61, 47));
  private final byte[] gif = TestImages.encode(picture, "gif");

  @Test
  void decodesAnInterlacedImage() throws Exception {
    assertThat(decoded(gif)).isEqualTo(bgr(picture));
  }

  @Test
  void decodesRowsInOrderWhereTheImageIsNotInterlaced() throws Exception {
    byte[] straight = gif.clone();
    straight[descriptor() + 9] &= ~INTERLACED;

    assertThat(row(decoded(straight), 1)).isEqualTo(row(bgr(picture), 8));
  }

  @Test
  void putsASmallerImageOnItsScreen() throws Exception {
    byte[] offset = gif.clone();
    offset[descriptor() + 1] = 3;
    offset[descriptor() + 3] = 2;

    assertThat(header(offset)).isEqualTo(new ImageHeader(ImageHeader.Format.GIF, 64, 49, 1));
  }

  @Test
  void fillsTheScreenWithTheFirstColourAroundTheImage() throws Exception {
    byte[] offset = gif.clone();
    offset[descriptor() + 3] = 2;

    byte[] pixels = decoded(offset);

    byte[] firstColour = {offset[15], offset[14], offset[13]};
    assertThat(Arrays.copyOf(pixels, 3)).isEqualTo(firstColour);
    assertThat(row(pixels, 2)).isEqualTo(row(bgr(picture), 0));
  }

  @Test
  void refusesAnImageThatEndsBeforeItsLastRow() {
    ImageException failure = failure(Arrays.copyOf(gif, gif.length * 3 / 4));

    assertThat(failure.kind()).isEqualTo(Kind.TRUNCATED);
    assertThat(failure).hasMessage("the GIF's first image ends before its last row");
  }

  @Test
  void refusesACodeThatMeansNothing() {
    byte[] damaged = gif.clone();
    Arrays.fill(damaged, descriptor() + 13, descriptor() + 23, (byte) 0xFE);

    assertThat(failure(damaged).kind()).isEqualTo(Kind.CORRUPT);
    assertThat(failure(damaged)).hasMessage("the GIF's first image has a code that means nothing");
  }

  @Test
  void refusesAFileWithoutAnImage() {
    byte[] empty = Arrays.copyOf(gif, DESCRIPTOR + 1);
    empty[DESCRIPTOR] = ';';

    assertThat(failure(empty)).hasMessage("the GIF has no image");
  }

  private int descriptor() {
    int at = DESCRIPTOR;
    while (gif[at] != ',') {
      at++;
    }
    return at;
  }

  private byte[] row(byte[] pixels, int y) {
    int length = picture.getWidth() * 3;
    return Arrays.copyOfRange(pixels, y * length, (y + 1) * length);
  }

  private static GifFile file(byte[] gif) throws ImageException {
    return GifFile.read(Bytes.of(gif, ByteOrder.LITTLE_ENDIAN));
  }

  private static ImageHeader header(byte[] gif) throws ImageException {
    return file(gif).header();
  }

  private static byte[] decoded(byte[] gif) throws ImageException {
    ImageHeader header = header(gif);
    ByteBuffer pixels = ByteBuffer.allocate(header.width() * header.height() * 3);
    file(gif).decode(pixels);
    return pixels.array();
  }

  private static ImageException failure(byte[] gif) {
    return catchThrowableOfType(ImageException.class, () -> decoded(gif));
  }
}
