package io.shufflenet.spark.inference;

import io.shufflenet.spark.image.ImageDecoder;
import io.shufflenet.spark.image.ImageException;
import io.shufflenet.spark.image.ImageHeader;
import io.shufflenet.spark.model.ComputeDevice;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Decodes and classifies one picture again and again, by the code that predicts with. */
public final class TrialExamination implements Examination<Trial> {
  private static final long serialVersionUID = 1;
  private static final long MEASURED_NANOS = 1_000_000_000;
  private static final int WARM_UPS = 3;

  private final Broadcast<Delivery> delivery;
  private final InferenceMetrics metrics;
  private final byte[] encoded;

  private TrialExamination(Broadcast<Delivery> delivery, InferenceMetrics metrics, byte[] encoded) {
    this.delivery = delivery;
    this.metrics = metrics;
    this.encoded = encoded;
  }

  /**
   * Computes the check image's logits in this JVM, and sends them with the network to the
   * executors.
   *
   * @param encoded a picture that is sound
   * @throws IllegalStateException if this JVM cannot load libtorch
   */
  public static TrialExamination of(
      SparkContext context, InferenceSettings settings, byte[] encoded) {
    Delivery delivery = new Delivery(settings, Inference.checkLogits(settings));
    return new TrialExamination(
        JavaSparkContext.fromSparkContext(context).broadcast(delivery),
        new InferenceMetrics(context),
        encoded);
  }

  @Override
  public Trial examine() {
    Natives natives = Natives.here();
    Finding<Double> decoding =
        natives.images().isFound() ? Finding.attempt(this::decoding) : Finding.none();
    Finding<String> device =
        natives.network().isFound() ? Finding.attempt(this::device) : Finding.none();
    Finding<String> network = device.isFound() ? Finding.attempt(this::network) : Finding.none();
    Finding<Double> forward =
        network.isFound() && decoding.isFound() ? Finding.attempt(this::forward) : Finding.none();
    return new Trial(device, network, decoding, forward);
  }

  private InferenceSettings settings() {
    return delivery.value().settings();
  }

  private String device() {
    List<String> addresses = ExecutorClassifiers.gpuAddresses();
    ComputeDevice device = ComputeDevice.resolve(settings().device(), addresses);
    settings().precision().requireOn(device);
    return device.toString();
  }

  /** Builds the executor's classifier, which checks it. */
  private String network() {
    return ExecutorClassifiers.kind(delivery.value());
  }

  private double decoding() {
    ImageDecoder decoder = settings().decoder();
    return rate(
        () -> {
          byte[] unused = decode(decoder);
          return 1;
        });
  }

  private byte[] decode(ImageDecoder decoder) {
    try {
      return decoder.decode(encoded, ImageHeader.read(encoded));
    } catch (ImageException e) {
      throw new IllegalStateException("Cannot decode a sound picture: " + e.getMessage(), e);
    }
  }

  private double forward() {
    byte[] crop = decode(settings().decoder());
    try (Forward forward = ExecutorClassifiers.forTask(delivery.value(), metrics)) {
      return rate(() -> classify(forward, crop));
    }
  }

  private static int classify(Forward forward, byte[] crop) {
    List<Forward.Answer> answers = new ArrayList<>();
    for (int image = forward.depth(); image > 0; image--) {
      answers.add(forward.submit(crop));
    }
    for (Forward.Answer answer : answers) {
      float[] unused = answer.output();
    }
    return answers.size();
  }

  /** Does some images, and tells how many. */
  @FunctionalInterface
  private interface Work {
    int images();
  }

  private static double rate(Work work) {
    for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
      int unused = work.images();
    }
    long started = System.nanoTime();
    long elapsed;
    int images = 0;
    do {
      images += work.images();
      elapsed = System.nanoTime() - started;
    } while (elapsed < MEASURED_NANOS);
    return images * 1e9 / elapsed;
  }
}
