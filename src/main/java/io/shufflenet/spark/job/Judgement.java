package io.shufflenet.spark.job;

import io.shufflenet.spark.evaluation.comparison.Baseline;
import io.shufflenet.spark.results.GateResult;
import java.util.List;
import java.util.Optional;

/**
 * How predictions did against what was asked of them.
 *
 * @param baseline empty where they were held against no earlier run
 * @param gates empty where nothing was asked
 */
record Judgement(Optional<Baseline> baseline, List<GateResult> gates) {
  static final Judgement NONE = new Judgement(Optional.empty(), List.of());
}
