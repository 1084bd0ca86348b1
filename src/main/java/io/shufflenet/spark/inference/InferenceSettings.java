package io.shufflenet.spark.inference;

import io.shufflenet.spark.image.ImageDecoder;
import io.shufflenet.spark.image.Orientation;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.DevicePolicy;
import io.shufflenet.spark.model.Network;
import io.shufflenet.spark.model.NetworkOutput;
import io.shufflenet.spark.model.PrecisionPolicy;
import io.shufflenet.spark.model.ScriptedNetwork;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import java.io.Serializable;
import java.util.List;

/**
 * What is done to every image.
 *
 * @param classNames name of each class by index; empty where there are none, then a class is called
 *     by its decimal index
 * @param restriction indices of the classes that a prediction can be, rising, the others' logits
 *     being left out; empty: all
 * @param temperature what logits are divided by before the softmax; 1 leaves them as they are
 * @param topK how many of the best classes a prediction lists, at least 1
 * @param maxPixels largest width times height that is decoded, as the image's header tells them
 * @param maxBytes longest encoded image that is read
 */
public record InferenceSettings(
    Network network,
    List<String> classNames,
    Preprocessing preprocessing,
    Orientation orientation,
    DevicePolicy device,
    PrecisionPolicy precision,
    List<Integer> restriction,
    double temperature,
    int topK,
    Scores scores,
    Embedding embedding,
    long maxPixels,
    int maxBytes)
    implements Serializable {
  public InferenceSettings {
    if (!classNames.isEmpty() && classNames.size() != network.classes()) {
      throw new IllegalArgumentException(
          "Cannot name the classes: %d names for a model of %d classes"
              .formatted(classNames.size(), network.classes()));
    }
    if (network instanceof ScriptedNetwork && precision != PrecisionPolicy.FP32) {
      throw new IllegalArgumentException(
          "Cannot use inference.precision = %s with a TorchScript module: it computes as it was made"
              .formatted(precision.label()));
    }
    if (network instanceof ScriptedNetwork && embedding != Embedding.NONE) {
      throw new IllegalArgumentException(
          "Cannot use output.embedding = %s with a TorchScript module: it gives logits and no embedding;"
                  .formatted(embedding.label())
              + " name the checkpoint that it was made of");
    }
    classNames = List.copyOf(classNames);
    restriction = List.copyOf(restriction);
  }

  /** How many classes a prediction can be. */
  public int scoredClasses() {
    return restriction.isEmpty() ? network.classes() : restriction.size();
  }

  /** What classifiers are to compute. */
  NetworkOutput networkOutput() {
    return embedding == Embedding.POOLED
        ? NetworkOutput.LOGITS_AND_EMBEDDING
        : NetworkOutput.LOGITS;
  }

  /**
   * Decodes as these settings say.
   *
   * @throws IllegalArgumentException if {@code maxPixels} is out of range
   * @throws IllegalStateException if this host cannot load OpenCV; the message tells why
   */
  public ImageDecoder decoder() {
    return new ImageDecoder(preprocessing, orientation, maxPixels);
  }

  String className(int index) {
    return classNames.isEmpty() ? Integer.toString(index) : classNames.get(index);
  }
}
