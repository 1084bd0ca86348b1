package io.shufflenet.spark.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import io.shufflenet.spark.image.Preprocessing.Resize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fixed distortions against what torchvision and Pillow make of the same images. */
final class GoldenAugmentationsIT {
  private static final int SIDE = 96;
  private static final JsonObject CASES = GoldenFiles.json("augment/cases.json");
  private static final AugmentingDecoder DECODER =
      new AugmentingDecoder(
          Augmentation.MEGVII,
          new Preprocessing(
              "small",
              Resize.LINEAR,
              SIDE,
              SIDE,
              ChannelOrder.BGR,
              List.of(0f, 0f, 0f),
              List.of(1f, 1f, 1f)),
          Orientation.IGNORE,
          1_000_000);

  static Set<String> cases() {
    return CASES.keySet();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void cropsAreWithinTwoLevels(String name) throws Exception {
    IntSummaryStatistics differences = differences(crop(name), expected(name));

    assertThat(differences.getMax()).isLessThanOrEqualTo(2);
    assertThat(differences.getAverage()).isLessThan(0.1);
  }

  private static byte[] crop(String name) throws ImageException {
    JsonObject parameters = CASES.getAsJsonObject(name);
    byte[] encoded = TestImages.golden(parameters.get("image").getAsString());
    return DECODER.decode(encoded, ImageHeader.read(encoded), distortion(parameters));
  }

  private static Distortion distortion(JsonObject parameters) {
    Rectangle source =
        new Rectangle(
            parameters.get("left").getAsInt(),
            parameters.get("top").getAsInt(),
            parameters.get("width").getAsInt(),
            parameters.get("height").getAsInt());
    List<Distortion.Step> steps = new ArrayList<>();
    for (JsonElement element : parameters.getAsJsonArray("steps")) {
      JsonArray step = element.getAsJsonArray();
      Adjustment adjustment = Adjustment.valueOf(step.get(0).getAsString());
      steps.add(new Distortion.Step(adjustment, step.get(1).getAsDouble()));
    }
    return new Distortion(source, steps, parameters.get("mirrored").getAsBoolean());
  }

  private static byte[] expected(String name) throws IOException {
    return TestImages.bgr(ImageIO.read(GoldenFiles.path("augment/" + name + ".png").toFile()));
  }

  private static IntSummaryStatistics differences(byte[] actual, byte[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    return IntStream.range(0, actual.length)
        .map(i -> Math.abs(Byte.toUnsignedInt(actual[i]) - Byte.toUnsignedInt(expected[i])))
        .summaryStatistics();
  }
}
