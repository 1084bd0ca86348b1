package io.shufflenet.spark.image;

import static io.shufflenet.spark.image.TestImages.as;
import static io.shufflenet.spark.image.TestImages.encode;
import static io.shufflenet.spark.image.TestImages.golden;
import static io.shufflenet.spark.image.TestImages.picture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import io.shufflenet.spark.image.Preprocessing.Resize;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the golden images do not show. The crops here are the whole, unresized picture. */
final class ImageDecoderIT {
  private static final long MOST_PIXELS = 1_000_000;
  private static final int SIDE = 40;
  private static final Preprocessing AS_IT_IS =
      new Preprocessing(
          "as-it-is",
          Resize.LINEAR,
          SIDE,
          SIDE,
          ChannelOrder.BGR,
          List.of(0f, 0f, 0f),
          List.of(1f, 1f, 1f));

  private final BufferedImage picture = as(BufferedImage.TYPE_3BYTE_BGR, picture(SIDE, SIDE));

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void givesThePixelsOfALosslessFormat(String format) throws Exception {
    assertThat(decoded(encode(picture, format))).isEqualTo(TestImages.bgr(picture));
  }

  @Test
  void givesPixelsInTheChannelOrderOfThePreprocessing() throws Exception {
    Preprocessing rgb =
        new Preprocessing(
            "rgb",
            Resize.ANTIALIASED_TRIANGLE,
            SIDE,
            SIDE,
            ChannelOrder.RGB,
            AS_IT_IS.mean(),
            AS_IT_IS.deviation());
    byte[] png = encode(picture, "png");

    byte[] crop = decoder(rgb).decode(png, ImageHeader.read(png));

    byte[] bgr = TestImages.bgr(picture);
    assertThat(Arrays.copyOf(crop, 3)).isEqualTo(new byte[] {bgr[2], bgr[1], bgr[0]});
  }

  @Test
  void takesTheHigherByteOf16BitGrey() throws Exception {
    BufferedImage deep = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < SIDE * SIDE; i++) {
      deep.getRaster().setSample(i % SIDE, i / SIDE, 0, i % 256 << 8 | 0xFF);
    }

    byte[] crop = decoded(encode(deep, "png"));

    for (int i = 0; i < crop.length; i++) {
      assertThat(crop[i]).isEqualTo((byte) (i / 3 % 256));
    }
  }

  @Test
  void decodesAFax() throws Exception {
    BufferedImage bits = as(BufferedImage.TYPE_BYTE_BINARY, picture);

    assertThat(decoded(encode(bits, "tiff", "CCITT T.6"))).isEqualTo(TestImages.bgr(bits));
  }

  @Test
  void decodesAJpegInATiff() throws Exception {
    BufferedImage slope = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < SIDE * SIDE; i++) {
      slope.setRGB(i % SIDE, i / SIDE, (i % SIDE * 5) << 16 | (i / SIDE * 5) << 8 | 90);
    }

    byte[] crop = decoded(encode(slope, "tiff", "JPEG"));

    byte[] expected = TestImages.bgr(slope);
    for (int i = 0; i < crop.length; i++) {
      assertThat(Byte.toUnsignedInt(crop[i]))
          .isCloseTo(Byte.toUnsignedInt(expected[i]), within(12));
    }
  }

  @Test
  void putsAWebpFrameOnABlackCanvas() throws Exception {
    byte[] frame = golden("o_lossy.webp");

    byte[] canvas = pixels(TestImages.webp(340, 300, TestImages.webpFrame(10, 20, frame)));

    int row = 321 * 3;
    int at = (20 * 340 + 10) * 3;
    assertThat(Arrays.copyOf(canvas, at)).containsOnly(0);
    assertThat(Arrays.copyOfRange(canvas, at, at + row))
        .isEqualTo(Arrays.copyOf(pixels(frame), row));
  }

  @Test
  void givesEveryThreadTheSameCrop() throws Exception {
    byte[] jpeg = golden("j_420.jpg");
    ImageHeader header = ImageHeader.read(jpeg);
    ImageDecoder decoder = decoder(Preprocessing.TORCHVISION);
    byte[] expected = decoder.decode(jpeg, header);

    List<byte[]> crops =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(
                i -> {
                  try {
                    return decoder.decode(jpeg, header);
                  } catch (ImageException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .toList();

    assertThat(crops).allSatisfy(crop -> assertThat(crop).isEqualTo(expected));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 715_827_883})
  void refusesLimitsThatCannotBe(long maxPixels) {
    assertThatThrownBy(() -> new ImageDecoder(AS_IT_IS, Orientation.IGNORE, maxPixels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot decode images of up to image.max-pixels = %d pixels: it is 1 to 715827882"
                .formatted(maxPixels));
  }

  @Test
  void explainsWhyOpenCvCannotBeLoaded() {
    assertThat(OpenCv.explanation("version `GLIBC_2.35' not found", "glibc 2.34"))
        .isEqualTo(
            "Cannot load OpenCV's native library: this host has glibc 2.34, and it needs glibc"
                + " 2.35, or 2.29 where the project is built with the Maven profile old-glibc"
                + " (version `GLIBC_2.35' not found)");
  }

  @Test
  void aListenerHearsOnceOfEachPart() throws Exception {
    byte[] png = encode(picture, "png");
    Heard heard = new Heard();

    byte[] crop = decoder(AS_IT_IS).decode(png, ImageHeader.read(png), heard);

    assertThat(crop).isEqualTo(TestImages.bgr(picture));
    assertThat(heard.decoded).singleElement(LONG).isPositive();
    assertThat(heard.preprocessed).singleElement(LONG).isPositive();
  }

  @Test
  void aListenerHearsHowLongADamagedImageTook() throws Exception {
    byte[] truncated = Arrays.copyOf(golden("j_420.jpg"), 2000);
    Heard heard = new Heard();

    assertThatThrownBy(
            () -> decoder(AS_IT_IS).decode(truncated, ImageHeader.read(truncated), heard))
        .isInstanceOf(ImageException.class);
    assertThat(heard.decoded).singleElement(LONG).isPositive();
    assertThat(heard.preprocessed).isEmpty();
  }

  private static final class Heard implements DecodeListener {
    private final List<Long> decoded = new ArrayList<>();
    private final List<Long> preprocessed = new ArrayList<>();

    @Override
    public void decoded(long nanos) {
      decoded.add(nanos);
    }

    @Override
    public void preprocessed(long nanos) {
      preprocessed.add(nanos);
    }
  }

  private static byte[] decoded(byte[] encoded) throws ImageException {
    return decoder(AS_IT_IS).decode(encoded, ImageHeader.read(encoded));
  }

  /** The whole image, and not its crop. */
  private static byte[] pixels(byte[] encoded) throws ImageException {
    OpenCv.require();
    try (Mat image = new Mat()) {
      Pixels.decode(encoded, ImageHeader.read(encoded), MOST_PIXELS, image);
      ByteBuffer buffer = image.createBuffer();
      byte[] pixels = new byte[buffer.remaining()];
      buffer.get(pixels);
      return pixels;
    }
  }

  private static ImageDecoder decoder(Preprocessing preprocessing) {
    return new ImageDecoder(preprocessing, Orientation.IGNORE, MOST_PIXELS);
  }
}
