package io.shufflenet.spark.report;

import io.shufflenet.spark.evaluation.Evaluation;
import io.shufflenet.spark.evaluation.NotableImages;
import io.shufflenet.spark.evaluation.ReviewQueue;
import io.shufflenet.spark.evaluation.TemperatureFit;
import io.shufflenet.spark.evaluation.comparison.Baseline;
import io.shufflenet.spark.results.GateResult;
import io.shufflenet.spark.results.Provenance;
import io.shufflenet.spark.results.RunRecord.Timing;
import io.shufflenet.spark.results.Selection;
import java.util.List;
import java.util.Optional;

/**
 * All that a report tells.
 *
 * @param selection which of the predictions it is about
 * @param baseline how the predictions did against an earlier run
 * @param notable images to show
 * @param review the review queue; empty where none is asked for
 * @param gates what the result had to reach
 * @param fit a temperature that suits the predictions; empty where none was asked for
 * @param timing where the time of predicting went, the report's own left out; empty where the
 *     predictions were there already
 */
public record Report(
    Provenance provenance,
    Selection selection,
    Evaluation evaluation,
    Optional<Baseline> baseline,
    NotableImages notable,
    Optional<ReviewQueue> review,
    List<GateResult> gates,
    Optional<TemperatureFit> fit,
    Optional<Timing> timing) {
  public Report {
    gates = List.copyOf(gates);
  }
}
