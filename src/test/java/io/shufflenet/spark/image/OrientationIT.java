package io.shufflenet.spark.image;

import static io.shufflenet.spark.image.TestImages.as;
import static io.shufflenet.spark.image.TestImages.encode;
import static io.shufflenet.spark.image.TestImages.golden;
import static io.shufflenet.spark.image.TestImages.picture;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OrientationIT {
  private static final long MOST_PIXELS = 1_000_000;
  private static final int WIDTH = 321;
  private static final int HEIGHT = 267;

  /** Of the EXIF values 1 to 8: which stored pixel is seen at a place of the upright image. */
  private enum Seen {
    AS_STORED(1, false, false, false),
    MIRRORED(2, false, true, false),
    UPSIDE_DOWN(3, false, true, true),
    MIRRORED_UPSIDE_DOWN(4, false, false, true),
    TRANSPOSED(5, true, false, false),
    TURNED_RIGHT(6, true, false, true),
    TRANSVERSED(7, true, true, true),
    TURNED_LEFT(8, true, true, false);

    private final int orientation;
    private final boolean swapped;
    private final boolean fromTheRight;
    private final boolean fromBelow;

    Seen(int orientation, boolean swapped, boolean fromTheRight, boolean fromBelow) {
      this.orientation = orientation;
      this.swapped = swapped;
      this.fromTheRight = fromTheRight;
      this.fromBelow = fromBelow;
    }

    BufferedImage of(BufferedImage stored) {
      int width = stored.getWidth();
      int height = stored.getHeight();
      BufferedImage seen =
          new BufferedImage(
              swapped ? height : width, swapped ? width : height, BufferedImage.TYPE_3BYTE_BGR);
      for (int y = 0; y < seen.getHeight(); y++) {
        for (int x = 0; x < seen.getWidth(); x++) {
          int column = swapped ? y : x;
          int row = swapped ? x : y;
          seen.setRGB(
              x,
              y,
              stored.getRGB(
                  fromTheRight ? width - 1 - column : column, fromBelow ? height - 1 - row : row));
        }
      }
      return seen;
    }
  }

  static Seen[] all() {
    return Seen.values();
  }

  private final BufferedImage stored = as(BufferedImage.TYPE_3BYTE_BGR, picture(WIDTH, HEIGHT));

  @ParameterizedTest
  @MethodSource("all")
  void turnsAPngUpright(Seen seen) throws Exception {
    byte[] exif = TestImages.exif(ByteOrder.LITTLE_ENDIAN, seen.orientation);
    byte[] turned = TestImages.pngWith(encode(stored, "png"), "eXIf", exif);

    assertThat(crop(turned, Orientation.APPLY))
        .isEqualTo(crop(encode(seen.of(stored), "png"), Orientation.IGNORE));
  }

  @ParameterizedTest
  @MethodSource("all")
  void alwaysTurnsATiffUpright(Seen seen) throws Exception {
    byte[] tiff = TestImages.tiff(stored, seen.orientation);
    byte[] expected = crop(encode(seen.of(stored), "png"), Orientation.IGNORE);

    assertThat(crop(tiff, Orientation.IGNORE)).isEqualTo(expected);
    assertThat(crop(tiff, Orientation.APPLY)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void leavesPixelsAsTheyAreStoredUnlessAsked(int orientation) throws Exception {
    byte[] jpeg = golden("j_420.jpg");
    byte[] turned =
        TestImages.jpegWithExif(jpeg, TestImages.exif(ByteOrder.BIG_ENDIAN, orientation));

    assertThat(crop(turned, Orientation.IGNORE)).isEqualTo(crop(jpeg, Orientation.IGNORE));
  }

  /** SHA-256 of what Pillow's exif_transpose gives before each pipeline. */
  @ParameterizedTest
  @CsvSource({
    "megvii, bb6ced39ae650c02a1106439acd484db4e8cb07651f3e18bf65e497516024c0a",
    "torchvision, 2c254b34b3ab6f5800b031a526dc119bd05e3fcf346e05e2da195b930a77bea3"
  })
  void turnsAJpegAsPillowDoes(String preset, String sha256) throws Exception {
    byte[] jpeg = golden("j_exif6.jpg");
    byte[] crop =
        new ImageDecoder(Preprocessing.named(preset), Orientation.APPLY, MOST_PIXELS)
            .decode(jpeg, ImageHeader.read(jpeg));

    byte[] digest = MessageDigest.getInstance("SHA-256").digest(crop);
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sha256);
  }

  private static byte[] crop(byte[] encoded, Orientation policy) throws ImageException {
    return new ImageDecoder(Preprocessing.TORCHVISION, policy, MOST_PIXELS)
        .decode(encoded, ImageHeader.read(encoded));
  }
}
