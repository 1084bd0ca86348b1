package io.shufflenet.spark.dataset;

import java.util.Optional;

/**
 * The classes that a model is to learn.
 *
 * @param names empty where the labels are indices and nobody names the classes
 */
record TrainingClasses(int number, Optional<ClassNames> names) {
  static TrainingClasses named(ClassNames names) {
    return new TrainingClasses(names.names().size(), Optional.of(names));
  }

  static TrainingClasses numbered(int number) {
    return new TrainingClasses(number, Optional.empty());
  }
}
