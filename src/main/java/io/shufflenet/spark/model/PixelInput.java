package io.shufflenet.spark.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.shufflenet.spark.image.Preprocessing;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Turns crops into the network's input, on the device: bytes are copied there and become numbers
 * there.
 */
final class PixelInput {
  private static final int CHANNELS = 3;

  private final int side;
  private final NDArray mean;
  private final NDArray deviation;

  /** Keeps its two arrays in {@code manager}. */
  PixelInput(NDManager manager, Preprocessing preprocessing) {
    side = preprocessing.cropSize();
    mean = perChannel(manager, preprocessing.mean());
    deviation = perChannel(manager, preprocessing.deviation());
  }

  private static NDArray perChannel(NDManager manager, List<Float> values) {
    float[] array = new float[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      array[channel] = values.get(channel);
    }
    return manager.create(array, new Shape(1, CHANNELS, 1, 1));
  }

  int cropBytes() {
    return side * side * CHANNELS;
  }

  /**
   * {@code (N, side, side, 3)} bytes to {@code (N, 3, side, side)} normalised float32.
   *
   * @param crops a direct buffer, left alone until {@code batch} is closed
   */
  NDArray of(NDManager batch, ByteBuffer crops) {
    int images = crops.remaining() / cropBytes();
    return batch
        .create(crops, new Shape(images, side, side, CHANNELS), DataType.UINT8)
        .toType(DataType.FLOAT32, false)
        .transpose(0, 3, 1, 2)
        .subi(mean)
        .divi(deviation);
  }
}
