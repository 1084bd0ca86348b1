package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.checkpoint.CheckpointException;
import io.shufflenet.spark.checkpoint.CheckpointWriter;
import io.shufflenet.spark.checkpoint.Tensor;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.ComputeDevice;
import io.shufflenet.spark.model.SgdSettings;
import io.shufflenet.spark.model.Stage;
import io.shufflenet.spark.model.TrainableNetwork;
import io.shufflenet.spark.model.TrainableSettings;
import io.shufflenet.spark.model.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Weights that nobody trained and that yet use the whole network: Megvii's initialisation, with
 * normalisation's weights and biases spread, and running statistics that are those of images. An
 * untrained network's own would let the signal die or explode on its way, which changes what a
 * processor has to do and hides mistakes.
 */
final class LivelyWeights {
  private static final long SEED = 1;
  private static final double BIAS = 0.3;
  private static final double LINEAR = 10;

  private LivelyWeights() {}

  /**
   * A checkpoint file's content.
   *
   * @param crops what the statistics are taken of
   */
  static byte[] checkpoint(
      Architecture architecture, int classes, Preprocessing preprocessing, List<byte[]> crops)
      throws IOException, CheckpointException {
    Map<String, Tensor> spread = new LinkedHashMap<>();
    Random random = new Random(SEED);
    Weights.initialised(architecture, classes, SEED)
        .tensors()
        .forEach((name, tensor) -> spread.put(name, spread(name, tensor, random)));
    Weights weights = Weights.read(file(spread), architecture.name());
    TrainableSettings settings = new TrainableSettings(new SgdSettings(0, 0, 0), 0, Stage.STEM);
    try (TrainableNetwork network =
        TrainableNetwork.load(weights, preprocessing, ComputeDevice.CPU, settings)) {
      network.updateStatistics(buffer(crops), 1);
      return file(network.stateDict());
    }
  }

  private static Tensor spread(String name, Tensor tensor, Random random) {
    boolean linear = name.startsWith("classifier.");
    boolean weight = name.endsWith(".weight") && tensor.shape().length == 1;
    if (!linear && !weight && !name.endsWith(".bias")) {
      return tensor;
    }
    float[] values = tensor.toFloats();
    for (int index = 0; index < values.length; index++) {
      values[index] =
          (float)
              (linear
                  ? LINEAR * values[index]
                  : weight ? 0.5 + random.nextDouble() : BIAS * random.nextGaussian());
    }
    return Tensor.ofFloats(values, tensor.shape());
  }

  private static byte[] file(Map<String, Tensor> stateDict) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    CheckpointWriter.write(Map.of("state_dict", stateDict), file);
    return file.toByteArray();
  }

  private static ByteBuffer buffer(List<byte[]> crops) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(crops.size() * crops.get(0).length);
    crops.forEach(buffer::put);
    return buffer.flip();
  }
}
