package io.shufflenet.spark.image;

import static io.shufflenet.spark.image.TestImages.as;
import static io.shufflenet.spark.image.TestImages.bgr;
import static io.shufflenet.spark.image.TestImages.encode;
import static io.shufflenet.spark.image.TestImages.golden;
import static io.shufflenet.spark.image.TestImages.picture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.data.Index.atIndex;

import io.shufflenet.spark.image.ImageException.Kind;
import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import io.shufflenet.spark.image.Preprocessing.Resize;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class AugmentingDecoderIT {
  private static final long MOST_PIXELS = 1_000_000;
  private static final int SIDE = 40;
  private static final Augmentation NONE = new Augmentation(1, 0, 0, 0, 0);
  private static final Augmentation MIRROR = new Augmentation(1, 0, 0, 0, 1);

  private final byte[] jpeg = golden("j_420.jpg");
  private final BufferedImage square = as(BufferedImage.TYPE_3BYTE_BGR, picture(101, 101));

  @Test
  void theSameStateGivesTheSameBytes() throws Exception {
    AugmentingDecoder decoder = decoder(Augmentation.MEGVII, ChannelOrder.BGR);

    assertThat(decode(decoder, jpeg, 11)).isEqualTo(decode(decoder, jpeg, 11));
  }

  @Test
  void anotherStateGivesOtherBytes() throws Exception {
    AugmentingDecoder decoder = decoder(Augmentation.MEGVII, ChannelOrder.BGR);

    assertThat(decode(decoder, jpeg, 11)).isNotEqualTo(decode(decoder, jpeg, 12));
  }

  @Test
  void everyThreadGetsTheSameBytes() throws Exception {
    AugmentingDecoder decoder = decoder(Augmentation.MEGVII, ChannelOrder.BGR);
    byte[] expected = decode(decoder, jpeg, 11);

    List<byte[]> crops =
        IntStream.range(0, 32).parallel().mapToObj(i -> unchecked(decoder, jpeg, 11)).toList();

    assertThat(crops).allSatisfy(crop -> assertThat(crop).isEqualTo(expected));
  }

  @ParameterizedTest
  @EnumSource(ChannelOrder.class)
  void withoutVariationASquareIsResizedAsPillowDoes(ChannelOrder channels) throws Exception {
    byte[] png = encode(square, "png");
    Preprocessing plain = preprocessing(Resize.ANTIALIASED_TRIANGLE, channels);

    byte[] crop = decode(decoder(NONE, channels), png, 1);

    assertThat(crop)
        .isEqualTo(
            new ImageDecoder(plain, Orientation.IGNORE, MOST_PIXELS)
                .decode(png, ImageHeader.read(png)));
  }

  @Test
  void pixelsAroundTheCropPlayNoPart() {
    byte[] pixels = bgr(square);
    byte[] part = bgr(square.getSubimage(13, 7, 60, 31));
    CropPlan plan = new CropPlan(SIDE, SIDE, 0, 0, SIDE);

    byte[] crop =
        TriangleResize.crop(ByteBuffer.wrap(pixels), 101, new Rectangle(13, 7, 60, 31), plan);

    assertThat(crop)
        .isEqualTo(
            TriangleResize.crop(ByteBuffer.wrap(part), 60, new Rectangle(0, 0, 60, 31), plan));
  }

  @Test
  void mirrorsLeftAndRight() throws Exception {
    byte[] png = encode(square, "png");
    byte[] plain = decode(decoder(NONE, ChannelOrder.BGR), png, 1);

    byte[] mirrored = decode(decoder(MIRROR, ChannelOrder.BGR), png, 1);

    for (int i = 0; i < SIDE * SIDE; i++) {
      int other = (i / SIDE * SIDE + SIDE - 1 - i % SIDE) * 3;
      assertThat(mirrored).contains(plain[other], atIndex(i * 3));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BRIGHTNESS, 0.5, 50",
    "BRIGHTNESS, 0.605, 60",
    "BRIGHTNESS, 1.309, 130",
    "BRIGHTNESS, 2.6, 255",
    "BRIGHTNESS, 1, 100",
    "CONTRAST, 1.4, 100",
    "SATURATION, 0.3, 100"
  })
  void flatGreyOnlyChangesItsBrightness(Adjustment adjustment, double factor, int expected)
      throws Exception {
    byte[] png = encode(flat(0x646464), "png");

    assertThat(adjusted(png, adjustment, factor)).containsOnly(expected);
  }

  @Test
  void withoutContrastAllIsTheMeanGrey() throws Exception {
    BufferedImage halves = flat(0x000000);
    halves.getRaster().setPixels(0, 0, SIDE, SIDE / 2, whites(SIDE * SIDE / 2));

    assertThat(adjusted(encode(halves, "png"), Adjustment.CONTRAST, 0)).containsOnly(128);
  }

  @Test
  void withoutSaturationAColourIsItsGrey() throws Exception {
    byte[] png = encode(flat(0xFF0000), "png");

    assertThat(adjusted(png, Adjustment.SATURATION, 0)).containsOnly(76);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 5000", "5000, 1", "3, 2"})
  void extremeSizesGiveCropsOfTheSameSize(int width, int height) throws Exception {
    byte[] png = encode(picture(width, height), "png");
    AugmentingDecoder decoder = decoder(Augmentation.MEGVII, ChannelOrder.BGR);

    for (int seed = 0; seed < 20; seed++) {
      assertThat(decode(decoder, png, seed)).hasSize(SIDE * SIDE * 3);
    }
  }

  @Test
  void refusesAnImageOfTooManyPixels() throws Exception {
    byte[] png = encode(picture(1001, 1000), "png");

    ImageException refusal =
        catchThrowableOfType(
            ImageException.class, () -> decode(decoder(NONE, ChannelOrder.BGR), png, 1));

    assertThat(refusal.kind()).isEqualTo(Kind.TOO_LARGE);
    assertThat(refusal).hasMessage("1001 x 1000 pixels are more than the 1000000 allowed");
  }

  @Test
  void refusesADamagedImage() {
    ImageException refusal =
        catchThrowableOfType(
            ImageException.class,
            () -> decode(decoder(NONE, ChannelOrder.BGR), golden("t_trunc50.jpg"), 1));

    assertThat(refusal.kind()).isEqualTo(Kind.TRUNCATED);
  }

  @Test
  void turnsAnImageUprightBeforeItsCropIsCut() throws Exception {
    byte[] turned =
        TestImages.pngWith(
            encode(picture(60, 120), "png"), "eXIf", TestImages.exif(ByteOrder.LITTLE_ENDIAN, 5));
    byte[] upright = encode(transposed(picture(60, 120)), "png");
    Preprocessing preprocessing = preprocessing(Resize.LINEAR, ChannelOrder.BGR);

    byte[] crop =
        decode(
            new AugmentingDecoder(
                Augmentation.MEGVII, preprocessing, Orientation.APPLY, MOST_PIXELS),
            turned,
            4);

    assertThat(crop).isEqualTo(decode(decoder(Augmentation.MEGVII, ChannelOrder.BGR), upright, 4));
  }

  private static BufferedImage transposed(BufferedImage picture) {
    BufferedImage other =
        new BufferedImage(picture.getHeight(), picture.getWidth(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        other.setRGB(y, x, picture.getRGB(x, y));
      }
    }
    return other;
  }

  private static int[] whites(int pixels) {
    return IntStream.range(0, pixels * 3).map(i -> 255).toArray();
  }

  private static BufferedImage flat(int rgb) {
    BufferedImage flat = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIDE * SIDE; i++) {
      flat.setRGB(i % SIDE, i / SIDE, rgb);
    }
    return flat;
  }

  /** The levels of all channels of an image of side 40. */
  private static List<Integer> adjusted(byte[] png, Adjustment adjustment, double factor)
      throws ImageException {
    Distortion distortion =
        new Distortion(
            new Rectangle(0, 0, SIDE, SIDE),
            List.of(new Distortion.Step(adjustment, factor)),
            false);
    byte[] crop = decoder(NONE, ChannelOrder.BGR).decode(png, ImageHeader.read(png), distortion);
    return IntStream.range(0, crop.length).mapToObj(i -> Byte.toUnsignedInt(crop[i])).toList();
  }

  private static byte[] unchecked(AugmentingDecoder decoder, byte[] encoded, long seed) {
    try {
      return decode(decoder, encoded, seed);
    } catch (ImageException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] decode(AugmentingDecoder decoder, byte[] encoded, long seed)
      throws ImageException {
    return decoder.decode(encoded, ImageHeader.read(encoded), new SplittableRandom(seed));
  }

  private static AugmentingDecoder decoder(Augmentation augmentation, ChannelOrder channels) {
    return new AugmentingDecoder(
        augmentation, preprocessing(Resize.LINEAR, channels), Orientation.IGNORE, MOST_PIXELS);
  }

  private static Preprocessing preprocessing(Resize resize, ChannelOrder channels) {
    return new Preprocessing(
        "small", resize, SIDE, SIDE, channels, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
  }
}
