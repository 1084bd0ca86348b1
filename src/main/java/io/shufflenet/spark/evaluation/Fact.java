package io.shufflenet.spark.evaluation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What predictions may tell beside the predicted class. What they do not tell is not measured. */
enum Fact {
  /** The label is one class, not any of several. */
  LABEL_CLASS,
  /** The top-1 probability. */
  CONFIDENCE,
  /** The label's negative log-likelihood. */
  LIKELIHOOD,
  /** The label's probability, and the sum of the squares of all. */
  SQUARED_DISTANCE,
  /** Whether the label is among the five best classes. */
  TOP5,
  /** The EXIF orientation. */
  ORIENTATION;

  static final Set<Fact> ALL = Collections.unmodifiableSet(EnumSet.allOf(Fact.class));
}
