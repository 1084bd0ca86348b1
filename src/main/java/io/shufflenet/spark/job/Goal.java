package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.LabelPolicy;
import java.util.Locale;

/** What a run is for. */
enum Goal {
  PREDICT(LabelPolicy.LENIENT),
  EVALUATE(LabelPolicy.CHECKED);

  private final LabelPolicy labels;

  Goal(LabelPolicy labels) {
    this.labels = labels;
  }

  LabelPolicy labels() {
    return labels;
  }

  /** The command's name. */
  String command() {
    return name().toLowerCase(Locale.ROOT);
  }
}
