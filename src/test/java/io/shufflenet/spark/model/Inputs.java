package io.shufflenet.spark.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the network tests feed in, and how they run the block by itself. */
final class Inputs {
  static final int CROP_BYTES = 224 * 224 * 3;

  private Inputs() {}

  static NDManager cpu() {
    return Libtorch.engine().newBaseManager(ComputeDevice.CPU.device());
  }

  /** Logits of the block in inference mode; {@code pixels} is NCHW of 224x224 images. */
  static float[][] logits(NDManager manager, ShuffleNetV1 block, float[] pixels) {
    int images = pixels.length / CROP_BYTES;
    try (NDManager batch = manager.newSubManager()) {
      NDArray input = batch.create(pixels, new Shape(images, 3, 224, 224));
      NDArray output =
          block
              .forward(new ParameterStore(batch, false), new NDList(input), false)
              .singletonOrThrow();
      float[][] logits = new float[images][];
      for (int image = 0; image < images; image++) {
        logits[image] = output.get(image).toFloatArray();
      }
      return logits;
    }
  }

  /** Crops of noise, the same for the same seed. */
  static List<byte[]> crops(int count, long seed) {
    Random random = new Random(seed);
    List<byte[]> crops = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      byte[] crop = new byte[CROP_BYTES];
      random.nextBytes(crop);
      crops.add(crop);
    }
    return crops;
  }

  /** HWC bytes to NCHW floats of 0..255. */
  static float[] planes(byte[] crop) {
    float[] planes = new float[CROP_BYTES];
    int area = CROP_BYTES / 3;
    for (int pixel = 0; pixel < area; pixel++) {
      for (int channel = 0; channel < 3; channel++) {
        planes[channel * area + pixel] = Byte.toUnsignedInt(crop[pixel * 3 + channel]);
      }
    }
    return planes;
  }
}
