package io.shufflenet.spark.inference;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.ModelDescription;
import io.shufflenet.spark.model.Network;
import io.shufflenet.spark.model.Weights;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A checkpoint or TorchScript module, and what the file beside it says.
 *
 * @param description empty where there is no such file
 */
public record LoadedModel(Network network, Optional<ModelDescription> description) {

  /** Of a model that {@link CheckpointFile#read} gave. */
  public Weights weights() {
    return (Weights) network;
  }

  /**
   * Checks what a user says about the model.
   *
   * @throws IllegalArgumentException if it is of another variant, or does not tell
   */
  public void requireArchitecture(Architecture claimed) {
    if (!(network instanceof Weights weights)) {
      throw new IllegalArgumentException(
          "Cannot check model.architecture = %s: %s"
              .formatted(
                  claimed.name(),
                  "the model is a TorchScript module, which does not tell its own"));
    }
    weights.requireArchitecture(claimed);
  }

  /**
   * How images are preprocessed for this model: as the user says, else as the model does, else as
   * Megvii does. Each of the two settings leaves alone what the other one is about.
   */
  public Preprocessing preprocessing(Optional<Preprocessing> preset, OptionalInt inputSize) {
    return preprocessing(description, preset, inputSize);
  }

  static Preprocessing preprocessing(
      Optional<ModelDescription> description,
      Optional<Preprocessing> preset,
      OptionalInt inputSize) {
    Preprocessing own =
        description.map(ModelDescription::preprocessing).orElse(Preprocessing.MEGVII);
    Preprocessing chosen = preset.map(named -> named.atSize(own.cropSize())).orElse(own);
    return inputSize.isPresent() ? chosen.atSize(inputSize.getAsInt()) : chosen;
  }

  /** The classes' names in the order of their indices; empty where the model does not say. */
  public List<String> classNames() {
    return description.map(ModelDescription::classNames).orElse(List.of());
  }
}
