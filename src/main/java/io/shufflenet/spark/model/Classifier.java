package io.shufflenet.spark.model;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.torchscript.Precision;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * One network on one device, in native memory: crops in, a row of its output for each. Any number
 * of threads may use it at once; on a CPU each computes in its own thread and no other.
 *
 * <p>The network always runs on {@link #batchSize} images; where there are fewer, the rest of the
 * batch is filled up and what comes of it thrown away. So the same crop gets bit for bit the same
 * logits whatever its neighbours, its place and the number of crops, on the same kind of processor.
 * (The library picks its algorithms by the size of a batch: without this, logits would differ by
 * about a millionth of the largest.) Between kinds of CPU they may differ by as much, and on a GPU
 * between the batches before and after one was halved.
 */
public final class Classifier implements AutoCloseable {
  private static final int GPU_BATCH = 64;
  private static final double EXACT_TOLERANCE = 1e-3;
  private static final double ROUNDED_TOLERANCE = 5e-2;

  private final ComputeDevice device;
  private final NDManager manager;
  private final LoadedNetwork network;
  private final BatchHalving batches;
  private final int largestBatch;
  private final int classes;
  private final byte[] checkImage;
  private final Queue<ByteBuffer> idleBuffers = new ConcurrentLinkedQueue<>();
  private final ReadWriteLock closing = new ReentrantReadWriteLock();

  private Classifier(
      Network network,
      LoadedNetwork loaded,
      Preprocessing preprocessing,
      ComputeDevice device,
      NDManager manager) {
    this.device = device;
    this.manager = manager;
    this.network = loaded;
    largestBatch = device.type() == ComputeDevice.Type.GPU ? GPU_BATCH : Compiler.CPU_BATCH;
    batches = new BatchHalving(device + " of " + Host.name(), largestBatch);
    classes = network.classes();
    checkImage = CheckImage.crop(preprocessing.cropSize());
  }

  /**
   * Compiles weights for the device and copies them there.
   *
   * @param output what {@link #outputs} gives; of a user's module always logits
   * @throws IllegalArgumentException if the device does not compute in that precision
   * @throws IllegalStateException if libtorch cannot be loaded on this host, or the device not be
   *     used
   */
  public static Classifier load(
      Network network,
      Preprocessing preprocessing,
      ComputeDevice device,
      PrecisionPolicy precision,
      NetworkOutput output) {
    return load(network, preprocessing, device, () -> targets(network, device, precision, output));
  }

  /**
   * The classifier that others are {@linkplain #check checked} against: in float32, on the CPU, by
   * PyTorch's public operations alone.
   *
   * @throws IllegalStateException if libtorch cannot be loaded on this host
   */
  public static Classifier reference(Network network, Preprocessing preprocessing) {
    Target portable = Target.of(Backend.PORTABLE, Precision.FLOAT32);
    return load(network, preprocessing, ComputeDevice.CPU, () -> List.of(portable));
  }

  /** A user's module is not compiled. */
  private static List<Target> targets(
      Network network, ComputeDevice device, PrecisionPolicy precision, NetworkOutput output) {
    return network instanceof Weights
        ? precision.targets(device, Processor.ofThisHost()).stream()
            .map(target -> target.giving(output))
            .toList()
        : List.of();
  }

  private static Classifier load(
      Network network,
      Preprocessing preprocessing,
      ComputeDevice device,
      Supplier<List<Target>> targets) {
    NDManager manager = Libtorch.engine().newBaseManager(device.device());
    try {
      LoadedNetwork loaded = LoadedNetwork.load(network, preprocessing, targets.get(), manager);
      return new Classifier(network, loaded, preprocessing, device, manager);
    } catch (EngineException e) {
      manager.close();
      throw new IllegalStateException(
          "Cannot load %s on %s of %s: %s"
              .formatted(network.name(), device, Host.name(), EngineFailure.reason(e)),
          e);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * What computes: backend and precision, for example {@code onednn fp32}; {@code torchscript} for
   * a user's own module. A GPU of NVIDIA's Ampere generation or later rounds the factors of
   * convolutions in fp32 to TF32, unless {@code NVIDIA_TF32_OVERRIDE=0} is in its environment.
   */
  public String kind() {
    return network.kind();
  }

  /**
   * How many images the network runs on at once: whoever gives multiples of it wastes no time. On a
   * GPU it shrinks where memory does not suffice.
   */
  public int batchSize() {
    return batches.batchSize();
  }

  /** {@link #outputs} without an embedding. */
  public float[][] logits(List<byte[]> crops) {
    return Arrays.stream(outputs(crops))
        .map(row -> row.length == classes ? row : Arrays.copyOf(row, classes))
        .toArray(float[][]::new);
  }

  /**
   * One row for each crop, in order: logits, and after them the embedding if that was asked for.
   *
   * @param crops each {@code cropSize * cropSize * 3} bytes, HWC, channels in the preprocessing's
   *     order; any number
   * @throws IllegalArgumentException if a crop is of another length
   * @throws IllegalStateException if the classifier is closed
   */
  public float[][] outputs(List<byte[]> crops) {
    crops.forEach(this::requireCropLength);
    closing.readLock().lock();
    try {
      if (!manager.isOpen()) {
        throw new IllegalStateException("Cannot classify: the classifier is closed");
      }
      return batches.outputs(crops, this::batchOutputs);
    } catch (EngineException e) {
      throw new IllegalStateException(
          "Cannot classify on %s of %s: %s".formatted(device, Host.name(), EngineFailure.reason(e)),
          e);
    } finally {
      closing.readLock().unlock();
    }
  }

  private void requireCropLength(byte[] crop) {
    if (crop.length != network.cropBytes()) {
      throw new IllegalArgumentException(
          "Cannot classify a crop of %d bytes: the preprocessing makes crops of %d"
              .formatted(crop.length, network.cropBytes()));
    }
  }

  private float[][] batchOutputs(List<byte[]> crops, int batchSize) {
    ByteBuffer buffer = idleBuffers.poll();
    if (buffer == null) {
      buffer = ByteBuffer.allocateDirect(largestBatch * network.cropBytes());
    }
    buffer.clear();
    crops.forEach(buffer::put);
    float[] flat = network.outputs(manager, buffer.clear().limit(batchSize * network.cropBytes()));
    idleBuffers.add(buffer);
    int width = flat.length / batchSize;
    float[][] outputs = new float[crops.size()][];
    for (int image = 0; image < outputs.length; image++) {
      outputs[image] = Arrays.copyOfRange(flat, image * width, (image + 1) * width);
    }
    return outputs;
  }

  /** The logits of a built-in picture: what {@link #check} of another JVM's classifier is given. */
  public float[] checkLogits() {
    return logits(List.of(checkImage))[0];
  }

  /**
   * Classifies the built-in picture. The logits may differ from the expected ones by a thousandth
   * of the largest of these in float32 on a CPU, by a twentieth elsewhere, where products may be
   * rounded to fewer digits.
   *
   * @param expected {@link #checkLogits} of the same network and preprocessing, of a {@link
   *     #reference} in a JVM that is trusted
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
    double allowed = tolerance() * largestDifference(expected, new float[expected.length]);
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

  private double tolerance() {
    boolean exact = device.type() == ComputeDevice.Type.CPU && !network.isRounded();
    return exact ? EXACT_TOLERANCE : ROUNDED_TOLERANCE;
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
