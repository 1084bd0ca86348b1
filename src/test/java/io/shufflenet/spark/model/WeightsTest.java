package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.shufflenet.spark.checkpoint.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {
  private static final Architecture SMALL = new Architecture(3, "0.5x");
  static final List<Architecture> VARIANTS = Architecture.ALL;

  @ParameterizedTest
  @FieldSource("VARIANTS")
  void infersVariantAndClasses(Architecture architecture) {
    Weights weights = Golden.weights(architecture, 7);

    assertThat(weights.architecture()).isEqualTo(architecture);
    assertThat(weights.classes()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shufflenetv1-0.5x-g3-10c.zip.pth.tar",
        "shufflenetv1-0.5x-g3-10c.legacy.pth.tar",
        "shufflenetv1-0.5x-g3-10c.bare.mdl"
      })
  void readsTheWeightsThatPyTorchWrote(String file) throws IOException {
    Weights weights = Weights.read(Golden.bytes(file), file);

    assertThat(weights.tensors()).isEqualTo(Golden.stateDict(SMALL, 10));
  }

  @Test
  void readsPastWhatTrainingLeftInTheFile() throws IOException {
    String file = "shufflenetv1-0.5x-g8-10c.extra.pth.tar";

    Weights weights = Weights.read(Golden.bytes(file), file);

    assertThat(weights.tensors()).isEqualTo(Golden.stateDict(new Architecture(8, "0.5x"), 10));
  }

  @Test
  void widensHalfPrecision() throws IOException {
    String file = "shufflenetv1-0.5x-g3-10c.half.pth.tar";

    Tensor weight = Weights.read(Golden.bytes(file), file).tensors().get("classifier.0.weight");

    assertThat(weight.type()).isEqualTo(Tensor.Type.FLOAT32);
    assertThat(weight.toFloats())
        .containsExactly(
            Golden.stateDict(SMALL, 10).get("classifier.0.weight").toFloats(), within(1e-4f));
  }

  @Test
  void tellsTheFilesDigest() throws IOException {
    String file = "shufflenetv1-0.5x-g3-10c.zip.pth.tar";

    assertThat(Weights.read(Golden.bytes(file), file).sha256())
        .isEqualTo("3b02acb2cc8d40db756cd42bf7edb6cb2ece2e204c221c5bb4d61736cc204219");
  }

  @Test
  void fillsInTheBatchCountsThatOldCheckpointsLack() {
    Map<String, Tensor> tensors = golden();
    tensors.keySet().removeIf(Architecture::isBatchCount);

    Map<String, Tensor> loaded = load(tensors).tensors();

    assertThat(loaded.keySet()).containsExactlyElementsOf(SMALL.stateDict(10).keySet());
    assertThat(loaded.get("first_conv.1.num_batches_tracked")).isEqualTo(Tensor.ofLong(0));
  }

  @Test
  void listsWhatIsMissingUnexpectedAndOfAnotherShape() {
    Map<String, Tensor> tensors = golden();
    tensors.remove("first_conv.1.bias");
    tensors.put("classifier.0.bias", Tensor.ofFloats(new float[10], 10));
    tensors.put("first_conv.0.weight", Tensor.ofFloats(new float[324], 12, 3, 9, 1));

    assertThatThrownBy(() -> load(tensors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot load checkpoint my.pth.tar as shufflenetv1-0.5x-g3:"
                + " missing (1 of 246): first_conv.1.bias;"
                + " unexpected (1 of 246): classifier.0.bias;"
                + " of another shape (1 of 246):"
                + " first_conv.0.weight is [12, 3, 9, 1], not [12, 3, 3, 3]");
  }

  @Test
  void boundsTheListOfWhatIsMissing() {
    Map<String, Tensor> tensors = golden();
    tensors.keySet().removeIf(name -> name.startsWith("features.15."));

    assertThatThrownBy(() -> load(tensors))
        .hasMessage(
            "Cannot load checkpoint my.pth.tar as shufflenetv1-0.5x-g3: missing (15 of 246):"
                + " features.15.branch_main_1.0.weight, features.15.branch_main_1.1.weight,"
                + " features.15.branch_main_1.1.bias, features.15.branch_main_1.1.running_mean,"
                + " features.15.branch_main_1.1.running_var and 10 more");
  }

  @Test
  void saysThatAnotherNetworkIsNotShuffleNetV1() {
    Map<String, Tensor> resNet = new LinkedHashMap<>();
    resNet.put("conv1.weight", Tensor.ofFloats(new float[4], 2, 2, 1, 1));
    resNet.put("bn1.weight", Tensor.ofFloats(new float[2], 2));
    resNet.put("fc.bias", Tensor.ofFloats(new float[2], 2));

    assertThatThrownBy(() -> load(resNet))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot load checkpoint my.pth.tar: it is not ShuffleNetV1 as Megvii names its tensors:"
                + " of the 246 names that shufflenetv1-0.5x-g3 has, among them first_conv.0.weight,"
                + " features.0.branch_main_1.0.weight and classifier.0.weight, it has 0;"
                + " its own are conv1.weight, bn1.weight, fc.bias");
  }

  @ParameterizedTest
  @ValueSource(strings = {"features.0.branch_proj.0.weight", "stage2.0.branch2.0.weight"})
  void recognisesShuffleNetV2(String name) {
    Map<String, Tensor> tensors = Map.of(name, Tensor.ofFloats(new float[9], 1, 1, 3, 3));

    assertThatThrownBy(() -> load(tensors)).hasMessageContaining("it looks like ShuffleNetV2");
  }

  @Test
  void refusesAClassifierForNoClass() {
    Map<String, Tensor> tensors = golden();
    tensors.put("classifier.0.weight", Tensor.ofFloats(new float[0], 0, 480));

    assertThatThrownBy(() -> load(tensors))
        .hasMessageContaining("classifier.0.weight is [0, 480], not [1, 480]");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void refusesAWeightThatIsNoNumber(float value) {
    Map<String, Tensor> tensors = golden();
    float[] bias = tensors.get("first_conv.1.bias").toFloats();
    bias[3] = value;
    tensors.put("first_conv.1.bias", Tensor.ofFloats(bias, 12));

    assertThatThrownBy(() -> load(tensors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot load checkpoint my.pth.tar: first_conv.1.bias is " + value + " at element 3");
  }

  @Test
  void refusesANegativeVariance() {
    Map<String, Tensor> tensors = golden();
    float[] variance = tensors.get("first_conv.1.running_var").toFloats();
    variance[0] = -0.5f;
    tensors.put("first_conv.1.running_var", Tensor.ofFloats(variance, 12));

    assertThatThrownBy(() -> load(tensors))
        .hasMessage(
            "Cannot load checkpoint my.pth.tar: first_conv.1.running_var has the negative variance"
                + " -0.5");
  }

  @Test
  void holdsTheUserToTheVariantTheyName() {
    Weights weights = load(golden());

    assertThatThrownBy(() -> weights.requireArchitecture(new Architecture(8, "1.0x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use the checkpoint as model.architecture = shufflenetv1-1.0x-g8:"
                + " its tensors are those of shufflenetv1-0.5x-g3");
  }

  @Test
  void initialisesAsMegviiDoes() {
    Map<String, Tensor> tensors =
        Weights.initialised(new Architecture(3, "1.0x"), 1000, 1).tensors();

    assertThat(deviation(tensors, "first_conv.0.weight")).isCloseTo(0.01, within(0.001));
    assertThat(deviation(tensors, "features.5.branch_main_1.3.weight")).isCloseTo(1, within(0.05));
    assertThat(deviation(tensors, "features.5.branch_main_1.0.weight"))
        .isCloseTo(1.0 / 160, within(0.0001));
    assertThat(deviation(tensors, "classifier.0.weight")).isCloseTo(0.01, within(0.0001));
    assertThat(tensors.get("first_conv.1.weight").toFloats()).containsOnly(1);
    assertThat(tensors.get("first_conv.1.bias").toFloats()).containsOnly(1e-4f);
    assertThat(tensors.get("first_conv.1.running_mean").toFloats()).containsOnly(0);
    assertThat(tensors.get("first_conv.1.running_var").toFloats()).containsOnly(1);
  }

  @Test
  void initialisesAlikeFromTheSameSeed() {
    Weights once = Weights.initialised(SMALL, 10, 5);

    assertThat(Weights.initialised(SMALL, 10, 5).tensors()).isEqualTo(once.tensors());
    assertThat(Weights.initialised(SMALL, 10, 5).sha256()).isEqualTo(once.sha256());
    assertThat(Weights.initialised(SMALL, 10, 6).tensors()).isNotEqualTo(once.tensors());
  }

  @Test
  void travelsToAnotherJvm() throws IOException, ClassNotFoundException {
    Weights weights = load(golden());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(weights);
    }

    Weights received;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      received = (Weights) in.readObject();
    }

    assertThat(received.architecture()).isEqualTo(weights.architecture());
    assertThat(received.tensors()).isEqualTo(weights.tensors());
  }

  private static Map<String, Tensor> golden() {
    return Golden.stateDict(SMALL, 10);
  }

  private static Weights load(Map<String, Tensor> tensors) {
    return Weights.of(tensors, "my.pth.tar", "0123");
  }

  private static double deviation(Map<String, Tensor> tensors, String name) {
    double squares = 0;
    float[] values = tensors.get(name).toFloats();
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares / values.length);
  }
}
