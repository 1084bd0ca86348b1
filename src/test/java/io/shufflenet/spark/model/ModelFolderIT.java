package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import io.shufflenet.spark.model.torchscript.Precision;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class ModelFolderIT {
  static final List<Preprocessing> PRESETS =
      List.of(Preprocessing.MEGVII, Preprocessing.TORCHVISION);

  /** Of the largest logit: sums in another order. */
  private static final double TOLERANCE = 1e-4;

  /** Of the largest logit, in bfloat16. */
  private static final double ROUNDED_TOLERANCE = 5e-2;

  private static final Weights WEIGHTS = Golden.weights(new Architecture(3, "0.5x"), 10);

  @ParameterizedTest
  @FieldSource("PRESETS")
  void theModuleGivesTheClassifiersLogitsForAnyNumberOfImagesInRgb(Preprocessing preprocessing) {
    byte[] module = module(preprocessing, Precision.FLOAT32);

    for (int images : List.of(1, 3, 9)) {
      List<byte[]> crops = Inputs.crops(images, images);
      float[][] expected = expected(preprocessing, crops);

      assertClose(logits(module, crops, DataType.UINT8), expected, TOLERANCE);
    }
  }

  @Test
  void theModuleTakesFloatsToo() {
    byte[] module = module(Preprocessing.TORCHVISION, Precision.FLOAT32);
    List<byte[]> crops = Inputs.crops(2, 1);

    assertClose(
        logits(module, crops, DataType.FLOAT32), logits(module, crops, DataType.UINT8), TOLERANCE);
  }

  @Test
  void aModuleInBfloat16IsNear() {
    List<byte[]> crops = Inputs.crops(2, 1);

    assertClose(
        logits(module(Preprocessing.MEGVII, Precision.BFLOAT16), crops, DataType.UINT8),
        expected(Preprocessing.MEGVII, crops),
        ROUNDED_TOLERANCE);
  }

  private static byte[] module(Preprocessing preprocessing, Precision precision) {
    ModelDescription description = new ModelDescription(preprocessing, List.of());
    return ModelFolder.files(WEIGHTS, description, precision).get(ModelFolder.MODULE);
  }

  private static float[][] expected(Preprocessing preprocessing, List<byte[]> rgb) {
    List<byte[]> crops =
        preprocessing.channels() == ChannelOrder.RGB
            ? rgb
            : rgb.stream().map(ModelFolderIT::reversed).toList();
    try (Classifier classifier =
        Classifier.load(
            WEIGHTS,
            preprocessing,
            ComputeDevice.CPU,
            PrecisionPolicy.FP32,
            NetworkOutput.LOGITS)) {
      return classifier.logits(crops);
    }
  }

  private static byte[] reversed(byte[] crop) {
    byte[] reversed = new byte[crop.length];
    for (int index = 0; index < crop.length; index++) {
      reversed[index] = crop[index / 3 * 3 + 2 - index % 3];
    }
    return reversed;
  }

  private static float[][] logits(byte[] module, List<byte[]> crops, DataType type) {
    try (NDManager manager = Inputs.cpu()) {
      ByteBuffer pixels = ByteBuffer.allocateDirect(crops.size() * Inputs.CROP_BYTES);
      crops.forEach(pixels::put);
      Shape shape = new Shape(crops.size(), 224, 224, 3);
      NDArray input = manager.create(pixels.flip(), shape, DataType.UINT8).toType(type, false);
      NDArray output = ScriptModule.load(module, manager).forward(manager, input);
      float[][] logits = new float[crops.size()][];
      for (int image = 0; image < logits.length; image++) {
        logits[image] = output.get(image).toFloatArray();
      }
      return logits;
    }
  }

  private static void assertClose(float[][] actual, float[][] expected, double tolerance) {
    assertThat(actual).hasNumberOfRows(expected.length);
    for (int image = 0; image < expected.length; image++) {
      double largest = 0;
      for (float logit : expected[image]) {
        largest = Math.max(largest, Math.abs(logit));
      }
      assertThat(actual[image])
          .containsExactly(expected[image], within((float) (tolerance * largest)));
    }
  }
}
