package io.shufflenet.spark.evaluation;

import io.shufflenet.spark.results.PredictionSchema;

/** What the columns of another tool's predictions may hold. */
public enum PredictionColumn {
  /** The image's name within the data set. */
  RELATIVE_PATH("relative-path", PredictionSchema.RELATIVE_PATH, ColumnKind.TEXT),
  /** Name or index of the true class, or an array of all that are right. */
  LABEL("label", PredictionSchema.LABEL, ColumnKind.CLASS_OR_CLASSES),
  /** Name or index of the class that was predicted. */
  PREDICTED("predicted", PredictionSchema.PREDICTED, ColumnKind.CLASS),
  /** The predicted class's probability. */
  PROBABILITY("probability", PredictionSchema.PROBABILITY, ColumnKind.NUMBER),
  LABEL_PROBABILITY("label-probability", PredictionSchema.LABEL_PROBABILITY, ColumnKind.NUMBER),
  /** Negative log-likelihood of the label, natural logarithm. */
  LABEL_NLL("label-nll", PredictionSchema.LABEL_NLL, ColumnKind.NUMBER),
  /** The label's place among all classes by probability, from 1. */
  LABEL_RANK("label-rank", PredictionSchema.LABEL_RANK, ColumnKind.NUMBER),
  /** The sum of the squares of all classes' probabilities. */
  SQUARED_PROBABILITY(
      "squared-probability", PredictionSchema.SQUARED_PROBABILITY, ColumnKind.NUMBER),
  /** The most probable classes, the best first. */
  TOP_K("top-k", PredictionSchema.TOP_K, ColumnKind.CLASSES),
  /** The probability of every class, by index. */
  SCORES("scores", PredictionSchema.SCORES, ColumnKind.NUMBERS),
  /** Why there is no prediction; null where there is one. */
  ERROR("error", PredictionSchema.ERROR, ColumnKind.FAILURE);

  private final String key;
  private final String usual;
  private final ColumnKind kind;

  PredictionColumn(String key, String usual, ColumnKind kind) {
    this.key = key;
    this.usual = usual;
    this.kind = kind;
  }

  /** Under {@code predictions.columns}. */
  public String key() {
    return key;
  }

  String fullKey() {
    return "predictions.columns." + key;
  }

  /** As our own predictions call it. */
  String usual() {
    return usual;
  }

  ColumnKind kind() {
    return kind;
  }
}
