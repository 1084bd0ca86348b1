package io.shufflenet.spark.inference;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.Classifier;
import io.shufflenet.spark.model.ComputeDevice;
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
 * The classifiers of this JVM, one for each model and device, shared by all tasks: the first task
 * that asks builds it, those that ask meanwhile wait.
 */
final class ExecutorClassifiers {
  private static final Map<Key, Loaded> LOADED = new ConcurrentHashMap<>();

  private record Key(String weightsSha256, Preprocessing preprocessing, ComputeDevice device) {}

  private record Loaded(Classifier classifier, LoadedClassifier description) {}

  private ExecutorClassifiers() {}

  /** The classifier for the device that Spark assigned to the running task. */
  static Classifier forTask(Delivery delivery, InferenceMetrics metrics) {
    InferenceSettings settings = delivery.settings();
    ComputeDevice device = ComputeDevice.resolve(settings.device(), gpuAddresses());
    Key key = new Key(settings.weights().sha256(), settings.preprocessing(), device);
    Loaded loaded = LOADED.computeIfAbsent(key, absent -> load(delivery, device));
    metrics.used(loaded.description());
    return loaded.classifier();
  }

  private static List<String> gpuAddresses() {
    ResourceInformation gpu = TaskContext.get().resourcesJMap().get("gpu");
    return gpu == null ? List.of() : Arrays.asList(gpu.addresses());
  }

  private static Loaded load(Delivery delivery, ComputeDevice device) {
    long started = System.nanoTime();
    InferenceSettings settings = delivery.settings();
    Classifier classifier = Classifier.load(settings.weights(), settings.preprocessing(), device);
    try {
      classifier.check(delivery.checkLogits());
    } catch (RuntimeException e) {
      classifier.close();
      throw e;
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return new Loaded(
        classifier,
        new LoadedClassifier(SparkEnv.get().executorId(), host(), device.toString(), seconds));
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
              loaded.classifier().close();
              return true;
            });
  }
}
