package io.shufflenet.spark.inference;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.Classifier;
import io.shufflenet.spark.model.ComputeDevice;
import io.shufflenet.spark.model.GpuUuid;
import io.shufflenet.spark.model.NetworkOutput;
import io.shufflenet.spark.model.PrecisionPolicy;
import io.shufflenet.spark.results.RunRecord.AssignedGpu;
import io.shufflenet.spark.results.RunRecord.LoadedClassifier;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * The classifiers of this JVM, one for each model, device and output, shared by all tasks: the
 * first task that asks builds it, those that ask meanwhile wait. On a CPU each task computes in its
 * own thread; a GPU is fed from a queue that all tasks fill.
 */
final class ExecutorClassifiers {
  private static final Map<Key, Loaded> LOADED = new ConcurrentHashMap<>();

  private record Key(
      String networkSha256,
      Preprocessing preprocessing,
      ComputeDevice device,
      PrecisionPolicy precision,
      NetworkOutput output) {}

  /** The queue is null on a CPU. */
  private record Loaded(Classifier classifier, DeviceQueue queue, LoadedClassifier description) {
    Forward forward(InferenceMetrics metrics) {
      return queue == null
          ? new InTurn(Device.of(classifier), metrics::forwarded)
          : queue.forTask(metrics::forwarded, metrics::waited);
    }

    void close() {
      if (queue != null) {
        queue.close();
      }
      classifier.close();
    }
  }

  private ExecutorClassifiers() {}

  /** The way to the classifier for the device that Spark assigned to the running task. */
  static Forward forTask(Delivery delivery, InferenceMetrics metrics) {
    Loaded loaded = loaded(delivery);
    metrics.used(loaded.description());
    List<String> gpus = gpuAddresses();
    if (!gpus.isEmpty()) {
      metrics.assigned(assigned(gpus.get(0), loaded.description().device()));
    }
    return loaded.forward(metrics);
  }

  /** What computes for the running task, for example {@code onednn fp32}; built if it must be. */
  static String kind(Delivery delivery) {
    return loaded(delivery).classifier().kind();
  }

  private static Loaded loaded(Delivery delivery) {
    InferenceSettings settings = delivery.settings();
    ComputeDevice device = ComputeDevice.resolve(settings.device(), gpuAddresses());
    Key key =
        new Key(
            settings.network().sha256(),
            settings.preprocessing(),
            device,
            settings.precision(),
            settings.networkOutput());
    return LOADED.computeIfAbsent(key, absent -> load(delivery, device));
  }

  private static AssignedGpu assigned(String address, String device) {
    return new AssignedGpu(
        SparkEnv.get().executorId(), host(), address, GpuUuid.of(address).orElse(null), device);
  }

  /** Of the GPUs that Spark assigned to the running task; none outside tasks. */
  static List<String> gpuAddresses() {
    TaskContext task = TaskContext.get();
    ResourceInformation gpu = task == null ? null : task.resourcesJMap().get("gpu");
    return gpu == null ? List.of() : Arrays.asList(gpu.addresses());
  }

  private static Loaded load(Delivery delivery, ComputeDevice device) {
    long started = System.nanoTime();
    InferenceSettings settings = delivery.settings();
    Classifier classifier =
        Classifier.load(
            settings.network(),
            settings.preprocessing(),
            device,
            settings.precision(),
            settings.networkOutput());
    int batchSize = classifier.batchSize(); // the check may halve it already
    try {
      classifier.check(delivery.checkLogits());
    } catch (RuntimeException e) {
      classifier.close();
      throw e;
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return new Loaded(
        classifier,
        device.type() == ComputeDevice.Type.GPU
            ? new DeviceQueue(device.toString(), Device.of(classifier))
            : null,
        new LoadedClassifier(
            SparkEnv.get().executorId(),
            host(),
            device.toString(),
            classifier.kind(),
            batchSize,
            seconds));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }

  /** Closes them all, at the executor's end. */
  static void close() {
    LOADED
        .values()
        .removeIf(
            loaded -> {
              loaded.close();
              return true;
            });
  }
}
