package io.shufflenet.spark.job;

import io.shufflenet.spark.inference.LoadedModel;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.ModelDescription;
import io.shufflenet.spark.model.Weights;
import java.util.List;
import java.util.Optional;

/**
 * The weights that training starts from, and the model that is to come of them.
 *
 * @param note for a person: where the weights come from
 */
record StartingPoint(Weights weights, ModelDescription description, String note) {
  /** Megvii's default. */
  private static final Architecture DEFAULT = new Architecture(3, "2.0x");

  /**
   * @param loaded the checkpoint to start from, if there is one
   * @param classes how many the model is to tell apart
   * @param classNames in the order of their indices; empty where they are not known
   * @throws IllegalArgumentException if the checkpoint is not of the architecture that is set
   */
  static StartingPoint of(
      TrainJobSettings settings,
      Optional<LoadedModel> loaded,
      int classes,
      List<String> classNames) {
    Weights weights =
        loaded
            .map(model -> adapted(model, settings, classes, classNames))
            .orElseGet(() -> untrained(settings, classes));
    LoadedModel model = new LoadedModel(weights, loaded.flatMap(LoadedModel::description));
    return new StartingPoint(
        weights,
        new ModelDescription(
            model.preprocessing(settings.preprocessing(), settings.inputSize()),
            loaded
                .filter(from -> from.weights() == weights && classNames.isEmpty())
                .map(LoadedModel::classNames)
                .orElse(classNames)),
        loaded
            .map(from -> note(from, weights, settings))
            .orElse("untrained weights of seed " + settings.training().seed()));
  }

  private static Weights untrained(TrainJobSettings settings, int classes) {
    return Weights.initialised(
        settings.architecture().orElse(DEFAULT), classes, settings.training().seed());
  }

  private static Weights adapted(
      LoadedModel model, TrainJobSettings settings, int classes, List<String> classNames) {
    settings.architecture().ifPresent(model.weights()::requireArchitecture);
    boolean sameNames =
        model.classNames().isEmpty()
            || classNames.isEmpty()
            || model.classNames().equals(classNames);
    boolean same = sameNames && model.weights().classes() == classes;
    return same
        ? model.weights()
        : model.weights().withClasses(classes, settings.training().seed());
  }

  private static String note(LoadedModel from, Weights weights, TrainJobSettings settings) {
    String file = settings.modelPath().orElseThrow();
    return weights == from.weights()
        ? file + ", its linear layer included"
        : "%s of %d classes; the linear layer starts anew, for it was of other classes"
            .formatted(file, from.weights().classes());
  }
}
