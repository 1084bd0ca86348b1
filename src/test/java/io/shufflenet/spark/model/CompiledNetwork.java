package io.shufflenet.spark.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.torchscript.Script;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A compiled module on the CPU, and what its logits are compared with. */
final class CompiledNetwork implements AutoCloseable {
  private final NDManager manager = Inputs.cpu();
  private final ScriptModule module;
  private final int size;

  CompiledNetwork(Script script, int size) {
    this.module = ScriptModule.load(script.archive(), manager);
    this.size = size;
  }

  static CompiledNetwork of(Weights weights, Preprocessing preprocessing, Target target) {
    return new CompiledNetwork(
        Compiler.compile(weights, preprocessing, target), preprocessing.cropSize());
  }

  /** All crops in one batch. */
  float[][] logits(List<byte[]> crops) {
    return logits(crops, DataType.UINT8);
  }

  /** The pixels as numbers of that type. */
  float[][] logits(List<byte[]> crops, DataType type) {
    ByteBuffer pixels = ByteBuffer.allocateDirect(crops.size() * size * size * 3);
    crops.forEach(pixels::put);
    try (NDManager batch = manager.newSubManager()) {
      Shape shape = new Shape(crops.size(), size, size, 3);
      NDArray input = batch.create(pixels.flip(), shape, DataType.UINT8).toType(type, false);
      return rows(module.forward(batch, input), crops.size());
    }
  }

  @Override
  public void close() {
    manager.close();
  }

  /** What the block gives, operation by operation. */
  static float[][] blockLogits(Weights weights, Preprocessing preprocessing, List<byte[]> crops) {
    int size = preprocessing.cropSize();
    try (NDManager manager = Inputs.cpu()) {
      ShuffleNetV1 block = new ShuffleNetV1(manager, weights.architecture(), weights.tensors());
      NDArray input =
          manager.create(normalised(preprocessing, crops), new Shape(crops.size(), 3, size, size));
      NDList output = block.forward(new ParameterStore(manager, false), new NDList(input), false);
      return rows(output.singletonOrThrow(), crops.size());
    }
  }

  private static float[] normalised(Preprocessing preprocessing, List<byte[]> crops) {
    int area = preprocessing.cropSize() * preprocessing.cropSize();
    float[] planes = new float[crops.size() * 3 * area];
    for (int index = 0; index < planes.length; index++) {
      int channel = index / area % 3;
      byte[] crop = crops.get(index / area / 3);
      planes[index] =
          (Byte.toUnsignedInt(crop[index % area * 3 + channel]) - preprocessing.mean().get(channel))
              / preprocessing.deviation().get(channel);
    }
    return planes;
  }

  private static float[][] rows(NDArray logits, int images) {
    float[] flat = logits.toFloatArray();
    int classes = flat.length / images;
    float[][] rows = new float[images][];
    for (int image = 0; image < images; image++) {
      rows[image] = Arrays.copyOfRange(flat, image * classes, (image + 1) * classes);
    }
    return rows;
  }

  /** Crops of noise of so many pixels a side, the same each time. */
  static List<byte[]> crops(int count, int size) {
    Random random = new Random(11);
    List<byte[]> crops = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      byte[] crop = new byte[size * size * 3];
      random.nextBytes(crop);
      crops.add(crop);
    }
    return crops;
  }

  /** The largest difference, as a share of the largest expected logit. */
  static double difference(float[][] actual, float[][] expected) {
    double difference = 0;
    double largest = 0;
    for (int image = 0; image < actual.length; image++) {
      for (int index = 0; index < expected[image].length; index++) {
        float logit = expected[image][index];
        difference = Math.max(difference, Math.abs((double) actual[image][index] - logit));
        largest = Math.max(largest, Math.abs(logit));
      }
    }
    return difference / largest;
  }
}
