package io.shufflenet.spark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.image.ImageException.Kind;
import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every golden image against what Pillow, OpenCV and torchvision made of it. */
final class GoldenImagesIT {
  private static final long PILLOWS_LIMIT = 89_478_485;
  private static final JsonObject EXPECTED = GoldenFiles.json("preprocess/expected.json");

  /** Pillow clips 16-bit greyscale where OpenCV scales it, and takes a PNG without its end. */
  private static final Set<String> ACCEPTED_DIFFERENCES =
      Set.of("p_gray16.png", "p_gray16_12bit.png", "t_noIEND.png");

  /** A JPEG that Pillow reads all the same; older versions of OpenCV make other garbage of it. */
  private static final String DAMAGED = "t_corrupt20.jpg";

  private static final Map<String, Preprocessing> PRESETS =
      Map.of("megvii", Preprocessing.MEGVII, "torchvision", Preprocessing.TORCHVISION);

  static Stream<String> accepted() {
    return EXPECTED.keySet().stream()
        .filter(name -> status(name).equals("ok") && !ACCEPTED_DIFFERENCES.contains(name))
        .filter(name -> !name.equals(DAMAGED) || OpenCv.refusesTruncatedJpegs());
  }

  static Stream<String> refused() {
    return EXPECTED.keySet().stream().filter(name -> status(name).equals("error"));
  }

  private static String status(String name) {
    return EXPECTED.getAsJsonObject(name).get("status").getAsString();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void cropsAreEqualByteForByte(String name) throws Exception {
    for (Map.Entry<String, Preprocessing> preset : PRESETS.entrySet()) {
      JsonObject expected = EXPECTED.getAsJsonObject(name);

      assertThat(sha256(rgb(crop(name, preset.getValue()), preset.getValue())))
          .as(preset.getKey())
          .isEqualTo(expected.get(preset.getKey() + "Sha256").getAsString());
    }
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void headersTellTheSize(String name) throws Exception {
    ImageHeader header = ImageHeader.read(bytes(name));

    assertThat(header.width()).isEqualTo(EXPECTED.getAsJsonObject(name).get("width").getAsInt());
    assertThat(header.height()).isEqualTo(EXPECTED.getAsJsonObject(name).get("height").getAsInt());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatPillowRefusesIsRefused(String name) {
    assertThat(catchThrowableOfType(ImageException.class, () -> crop(name, Preprocessing.MEGVII)))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "t_empty.jpg, EMPTY",
    "t_html.jpg, NOT_AN_IMAGE",
    "t_text.jpg, NOT_AN_IMAGE",
    "t_zeros.jpg, NOT_AN_IMAGE",
    "t_trunc50.jpg, TRUNCATED",
    "t_trunc90.jpg, TRUNCATED",
    "t_noEOI.jpg, TRUNCATED",
    "t_trunc50.png, TRUNCATED",
    "t_flip1.png, CORRUPT",
    "b_30000.png, TOO_LARGE",
    "b_65500sq.jpg, TOO_LARGE",
    "b_12000_gray1_full.png, TOO_LARGE",
  })
  void aRefusalHasItsKind(String name, Kind kind) {
    assertThat(
            catchThrowableOfType(ImageException.class, () -> crop(name, Preprocessing.MEGVII))
                .kind())
        .isEqualTo(kind);
  }

  private static byte[] crop(String name, Preprocessing preprocessing)
      throws IOException, ImageException {
    byte[] encoded = bytes(name);
    return new ImageDecoder(preprocessing, Orientation.IGNORE, PILLOWS_LIMIT)
        .decode(encoded, ImageHeader.read(encoded));
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(Path.of(GoldenFiles.IMAGES.toString(), name));
  }

  private static byte[] rgb(byte[] crop, Preprocessing preprocessing) {
    if (preprocessing.channels() == ChannelOrder.RGB) {
      return crop;
    }
    byte[] rgb = new byte[crop.length];
    for (int i = 0; i < crop.length; i++) {
      rgb[i] = crop[i - i % 3 + 2 - i % 3];
    }
    return rgb;
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
