package io.shufflenet.spark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteOrder;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class ThumbnailEncoderIT {
  private final ThumbnailEncoder encoder = new ThumbnailEncoder(160, 1_000_000);

  @Test
  void theLongestSideIsAsLongAsAsked() throws Exception {
    BufferedImage thumbnail = thumbnail(TestImages.encode(halves(640, 320), "png"));

    assertThat(thumbnail.getWidth()).isEqualTo(160);
    assertThat(thumbnail.getHeight()).isEqualTo(80);
  }

  @Test
  void showsTheImage() throws Exception {
    BufferedImage thumbnail = thumbnail(TestImages.encode(halves(640, 320), "png"));

    assertThat(new Color(thumbnail.getRGB(20, 40)).getRed()).isGreaterThan(200);
    assertThat(new Color(thumbnail.getRGB(140, 40)).getBlue()).isGreaterThan(200);
  }

  @Test
  void aSmallImageKeepsItsSize() throws Exception {
    BufferedImage thumbnail = thumbnail(TestImages.encode(halves(40, 20), "png"));

    assertThat(thumbnail.getWidth()).isEqualTo(40);
    assertThat(thumbnail.getHeight()).isEqualTo(20);
  }

  @Test
  void aLineKeepsAPixel() throws Exception {
    BufferedImage thumbnail = thumbnail(TestImages.encode(halves(1000, 1), "png"));

    assertThat(thumbnail.getWidth()).isEqualTo(160);
    assertThat(thumbnail.getHeight()).isEqualTo(1);
  }

  @Test
  void isTurnedUpright() throws Exception {
    byte[] turnedRight = TestImages.exif(ByteOrder.BIG_ENDIAN, 6);
    byte[] jpeg = TestImages.encode(halves(640, 320), "jpeg");

    BufferedImage thumbnail = thumbnail(TestImages.jpegWithExif(jpeg, turnedRight));

    assertThat(thumbnail.getHeight()).isEqualTo(160);
    assertThat(new Color(thumbnail.getRGB(40, 20)).getRed()).isGreaterThan(200);
    assertThat(new Color(thumbnail.getRGB(40, 140)).getBlue()).isGreaterThan(200);
  }

  @Test
  void whatIsNoImageIsRefused() {
    assertThatThrownBy(() -> encoder.encode(TestImages.ascii("no image at all")))
        .isInstanceOf(ImageException.class);
  }

  @Test
  void aHugeImageIsRefused() {
    byte[] huge = TestImages.encode(halves(1001, 1000), "png");

    assertThatThrownBy(() -> encoder.encode(huge))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("1001 x 1000 pixels");
  }

  /** Red on the left, blue on the right. */
  private static BufferedImage halves(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, width / 2, height);
    graphics.setColor(Color.BLUE);
    graphics.fillRect(width / 2, 0, width - width / 2, height);
    graphics.dispose();
    return image;
  }

  private BufferedImage thumbnail(byte[] encoded) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(encoder.encode(encoded)));
  }
}
