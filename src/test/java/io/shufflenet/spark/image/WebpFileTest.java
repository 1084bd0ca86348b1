package io.shufflenet.spark.image;

import static io.shufflenet.spark.image.TestImages.ascii;
import static io.shufflenet.spark.image.TestImages.golden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.shufflenet.spark.image.ImageException.Kind;
import io.shufflenet.spark.image.ImageHeader.Format;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class WebpFileTest {
  private final byte[] image = golden("o_lossy.webp");

  @Test
  void takesTheImageOutOfItsContainer() throws Exception {
    byte[] extended = TestImages.webp(400, 300, TestImages.webpFrame(0, 0, image));
    byte[] withJunk = TestImages.inserted(extended, 30, ascii("JUNK\4\0\0\0junk"));
    withJunk[4] = (byte) (withJunk[4] + 12);

    assertThat(file(withJunk).firstImage().encoded()).isEqualTo(image);
  }

  @Test
  void tellsWhereAFrameStandsOnItsCanvas() throws Exception {
    WebpFile file = file(TestImages.webp(400, 300, TestImages.webpFrame(8, 16, image)));

    assertThat(file.header()).isEqualTo(new ImageHeader(Format.WEBP, 400, 300, 1));
    assertThat(file.firstImage().left()).isEqualTo(8);
    assertThat(file.firstImage().top()).isEqualTo(16);
    assertThat(file.firstImage().size().width()).isEqualTo(321);
  }

  @Test
  void refusesAFrameThatLeavesItsCanvas() {
    ImageException failure = failure(TestImages.webp(322, 300, TestImages.webpFrame(2, 0, image)));

    assertThat(failure.kind()).isEqualTo(Kind.CORRUPT);
    assertThat(failure)
        .hasMessage("the WebP file makes no sense: its first image is not as large as its canvas");
  }

  @Test
  void refusesAFileThatIsShorterThanItSays() {
    ImageException failure = failure(Arrays.copyOf(image, image.length - 1));

    assertThat(failure.kind()).isEqualTo(Kind.TRUNCATED);
    assertThat(failure).hasMessage("the WebP file has 9263 bytes of 9264");
  }

  @Test
  void refusesAContainerWithoutImage() {
    ImageException failure = failure(TestImages.webp(10, 10, new byte[0]));

    assertThat(failure).hasMessage("the WebP file makes no sense: it has no image");
  }

  private static WebpFile file(byte[] webp) {
    return new WebpFile(Bytes.of(webp, ByteOrder.LITTLE_ENDIAN));
  }

  private static ImageException failure(byte[] webp) {
    return catchThrowableOfType(ImageException.class, () -> file(webp).firstImage());
  }
}
