package io.shufflenet.spark.image;

import static io.shufflenet.spark.image.TestImages.golden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.shufflenet.spark.image.ImageException.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are cut off, changed, or made to do harm: each is an ImageException, and no more. */
final class DamagedImageIT {
  private static final long MOST_PIXELS = 89_478_485;
  private static final int CUTS = 40;
  private static final int MUTATIONS = 2500;

  private static final List<String> ONE_OF_EACH_KIND =
      List.of(
          "j_420.jpg",
          "j_prog.jpg",
          "j_gray.jpg",
          "j_cmyk_pil.jpg",
          "j_rst.jpg",
          "j_exif6.jpg",
          "p_rgb.png",
          "p_pal_trns.png",
          "p_rgba16.png",
          "p_gray1.png",
          "o.gif",
          "o.bmp",
          "o.tiff",
          "o_lossy.webp",
          "o_lossless.webp");

  private final ImageDecoder decoder =
      new ImageDecoder(Preprocessing.MEGVII, Orientation.APPLY, MOST_PIXELS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "j_420.jpg",
        "j_prog.jpg",
        "j_cmyk_pil.jpg",
        "p_rgb.png",
        "p_gray1.png",
        "o.gif",
        "o.bmp",
        "o.tiff",
        "o_lossy.webp",
        "o_lossless.webp"
      })
  void anImageThatIsCutOffIsTruncated(String name) {
    byte[] image = golden(name);
    for (int i = 1; i < CUTS; i++) {
      int length = image.length * i / CUTS;

      assertThat(failure(Arrays.copyOf(image, length)).kind())
          .as("%d of %d bytes", length, image.length)
          .isEqualTo(Kind.TRUNCATED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"j_420.jpg", "p_rgb.png", "o.gif", "o.bmp", "o.tiff", "o_lossy.webp"})
  void soIsAnImageThatLacksItsLastBytes(String name) {
    byte[] image = golden(name);
    for (int missing = 3; missing < 20; missing++) {
      assertThat(failure(Arrays.copyOf(image, image.length - missing)).kind())
          .as("%d bytes missing", missing)
          .isEqualTo(Kind.TRUNCATED);
    }
  }

  @Test
  void anyDamageIsAnImageExceptionOrNone() {
    Random random = new Random(20240611);
    for (int i = 0; i < MUTATIONS; i++) {
      String name = ONE_OF_EACH_KIND.get(i % ONE_OF_EACH_KIND.size());
      byte[] damaged = damaged(golden(name), random);

      try {
        decoder.decode(damaged, ImageHeader.read(damaged));
      } catch (ImageException e) {
        assertThat(e).as("mutation %d of %s", i, name).hasMessageMatching(".+");
      }
    }
  }

  private static byte[] damaged(byte[] image, Random random) {
    int header = Math.min(image.length, 300);
    for (int change = random.nextInt(8); change >= 0; change--) {
      int range = random.nextBoolean() ? header : image.length;
      image[random.nextInt(range)] = (byte) (random.nextBoolean() ? random.nextInt(256) : -1);
    }
    boolean cut = random.nextInt(4) == 0;
    return cut ? Arrays.copyOf(image, 1 + random.nextInt(image.length)) : image;
  }

  @Test
  void aThinImageIsTooLargeOnceResized() {
    byte[] png = TestImages.encode(TestImages.picture(1, 65000), "png");

    assertThat(failure(png).kind()).isEqualTo(Kind.TOO_LARGE);
  }

  @Test
  void aHeaderThatPromisesMoreRowsThanThereAreIsCorrupt() {
    byte[] png = golden("p_rgb.png");
    byte[] header = Arrays.copyOfRange(png, 16, 29);
    ByteBuffer.wrap(header).putInt(4, 400);
    byte[] taller = TestImages.pngWith(png, "IHDR", header);
    byte[] withoutOldHeader = TestImages.removed(taller, 8, 33);

    assertThat(failure(withoutOldHeader).kind()).isEqualTo(Kind.CORRUPT);
  }

  @Test
  void aJpegOfThousandsOfScansIsNotRead() {
    byte[] jpeg = golden("j_prog.jpg");
    int scan = scan(jpeg);
    byte[] scanHeader = Arrays.copyOfRange(jpeg, scan, scan + 2 + jpeg[scan + 3]);
    byte[] scans = new byte[1000 * scanHeader.length];
    for (int i = 0; i < 1000; i++) {
      System.arraycopy(scanHeader, 0, scans, i * scanHeader.length, scanHeader.length);
    }

    ImageException failure = failure(TestImages.inserted(jpeg, scan, scans));

    assertThat(failure.kind()).isEqualTo(Kind.UNSUPPORTED_FORMAT);
    assertThat(failure).hasMessageContaining("a JPEG of more than 100 scans");
  }

  private static int scan(byte[] jpeg) {
    int at = 2;
    while (jpeg[at] != (byte) 0xFF || jpeg[at + 1] != (byte) 0xDA) {
      at++;
    }
    return at;
  }

  @Test
  void garbageBehindAJpegsEndIsNoDamage() throws Exception {
    byte[] jpeg = golden("j_420.jpg");
    byte[] longer = TestImages.inserted(jpeg, jpeg.length, new byte[500]);

    assertThat(decoder.decode(longer, ImageHeader.read(longer)))
        .isEqualTo(decoder.decode(jpeg, ImageHeader.read(jpeg)));
  }

  private ImageException failure(byte[] encoded) {
    return catchThrowableOfType(
        ImageException.class, () -> decoder.decode(encoded, ImageHeader.read(encoded)));
  }
}
