package io.shufflenet.spark.model;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.shufflenet.spark.image.Preprocessing;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One network on one device, in native memory: crops in, logits out. Any number of threads may use
 * it at once; on a CPU each computes in its own thread and no other.
 *
 * <p>The network always runs on {@link #batchSize} images; where there are fewer, the rest of the
 * batch is filled up and what comes of it thrown away. So the same crop gets bit for bit the same
 * logits whatever its neighbours, its place and the number of crops, on the same kind of processor.
 * (The library picks its algorithms by the size of a batch: without this, logits would differ by
 * about a millionth of the largest.) Between kinds of CPU they may differ by as much.
 */
public final class Classifier implements AutoCloseable {
  /** Arithmetic of the forward pass. */
  public static final String PRECISION = "float32";

  private static final int CPU_BATCH = 8;
  private static final int GPU_BATCH = 64;
  private static final double CPU_TOLERANCE = 1e-3;
  private static final double GPU_TOLERANCE = 1e-2;

  private final ComputeDevice device;
  private final NDManager manager;
  private final ShuffleNetV1 network;
  private final PixelInput pixelInput;
  private final int classes;
  private final byte[] checkImage;
  private final Queue<ByteBuffer> idleBuffers = new ConcurrentLinkedQueue<>();
  private final ReadWriteLock closing = new ReentrantReadWriteLock();

  private Classifier(
      Weights weights, Preprocessing preprocessing, ComputeDevice device, NDManager manager) {
    this.device = device;
    this.manager = manager;
    network = new ShuffleNetV1(manager, weights.architecture(), weights.tensors());
    pixelInput = new PixelInput(manager, preprocessing);
    classes = weights.classes();
    checkImage = CheckImage.crop(preprocessing.cropSize());
  }

  /**
   * Copies the weights to the device.
   *
   * @throws IllegalStateException if libtorch cannot be loaded on this host, or the device not be
   *     used
   */
  public static Classifier load(
      Weights weights, Preprocessing preprocessing, ComputeDevice device) {
    NDManager manager = Libtorch.engine().newBaseManager(device.device());
    try {
      return new Classifier(weights, preprocessing, device, manager);
    } catch (EngineException e) {
      manager.close();
      throw new IllegalStateException(
          "Cannot load %s on %s of %s: %s"
              .formatted(weights.architecture().name(), device, Host.name(), firstLine(e)),
          e);
    }
  }

  private static String firstLine(EngineException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * Arithmetic of the forward pass. A GPU of NVIDIA's Ampere generation or later rounds the factors
   * of convolutions to TF32, unless {@code NVIDIA_TF32_OVERRIDE=0} is in its environment.
   */
  public String precision() {
    return "float32";
  }

  /** How many images the network runs on at once: whoever gives multiples of it wastes no time. */
  public int batchSize() {
    return device.type() == ComputeDevice.Type.GPU ? GPU_BATCH : CPU_BATCH;
  }

  /**
   * One row of logits for each crop, in order.
   *
   * @param crops each {@code cropSize * cropSize * 3} bytes, HWC, channels in the preprocessing's
   *     order; any number
   * @throws IllegalArgumentException if a crop is of another length
   * @throws IllegalStateException if the classifier is closed
   */
  public float[][] logits(List<byte[]> crops) {
    crops.forEach(this::requireCropLength);
    float[][] logits = new float[crops.size()][];
    closing.readLock().lock();
    try {
      if (!manager.isOpen()) {
        throw new IllegalStateException("Cannot classify: the classifier is closed");
      }
      for (int start = 0; start < logits.length; start += batchSize()) {
        int end = Math.min(start + batchSize(), logits.length);
        float[][] batch = batchLogits(crops.subList(start, end));
        System.arraycopy(batch, 0, logits, start, batch.length);
      }
    } finally {
      closing.readLock().unlock();
    }
    return logits;
  }

  private void requireCropLength(byte[] crop) {
    if (crop.length != pixelInput.cropBytes()) {
      throw new IllegalArgumentException(
          "Cannot classify a crop of %d bytes: the preprocessing makes crops of %d"
              .formatted(crop.length, pixelInput.cropBytes()));
    }
  }

  private float[][] batchLogits(List<byte[]> crops) {
    ByteBuffer buffer = idleBuffers.poll();
    if (buffer == null) {
      buffer = ByteBuffer.allocateDirect(batchSize() * pixelInput.cropBytes());
    }
    buffer.clear();
    crops.forEach(buffer::put);
    float[] flat = forward(buffer.clear());
    idleBuffers.add(buffer);
    float[][] logits = new float[crops.size()][];
    for (int image = 0; image < logits.length; image++) {
      logits[image] = Arrays.copyOfRange(flat, image * classes, (image + 1) * classes);
    }
    return logits;
  }

  private float[] forward(ByteBuffer crops) {
    try (NDManager batch = manager.newSubManager()) {
      NDArray input = pixelInput.of(batch, crops);
      ParameterStore parameters = new ParameterStore(batch, false);
      return network
          .forward(parameters, new NDList(input), false)
          .singletonOrThrow()
          .toFloatArray();
    }
  }

  /** The logits of a built-in picture: what {@link #check} of another JVM's classifier is given. */
  public float[] checkLogits() {
    return logits(List.of(checkImage))[0];
  }

  /**
   * Classifies the built-in picture. The logits may differ from the expected ones by a thousandth
   * of the largest of these on a CPU, by a hundredth on a GPU, which may round products to fewer
   * digits.
   *
   * @param expected {@link #checkLogits} of the same weights and preprocessing, in a JVM that is
   *     trusted
   * @throws IllegalStateException if they differ by more; the message names device, host and
   *     difference
   */
  public void check(float[] expected) {
    if (expected.length != classes) {
      throw new IllegalArgumentException(
          "Cannot check a model of %d classes against %d logits"
              .formatted(classes, expected.length));
    }
    float[] actual = checkLogits();
    if (Arrays.equals(actual, expected)) {
      return;
    }
    double share = device.type() == ComputeDevice.Type.GPU ? GPU_TOLERANCE : CPU_TOLERANCE;
    double allowed = share * largestDifference(expected, new float[expected.length]);
    double difference = largestDifference(expected, actual);
    if (!(difference <= allowed)) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Cannot trust %s of %s: its logits of the built-in check image differ from the"
                  + " driver's by up to %.3g, and %.3g is allowed",
              device,
              Host.name(),
              difference,
              allowed));
    }
  }

  /** NaN where either holds one. */
  private static double largestDifference(float[] expected, float[] actual) {
    double largest = 0;
    for (int index = 0; index < expected.length; index++) {
      largest = Math.max(largest, Math.abs((double) expected[index] - actual[index]));
    }
    return largest;
  }

  /** Frees the native memory, once no thread computes any more. */
  @Override
  public void close() {
    closing.writeLock().lock();
    try {
      manager.close();
    } finally {
      closing.writeLock().unlock();
    }
  }
}
