package io.shufflenet.spark.evaluation.comparison;

import io.shufflenet.spark.evaluation.Evaluation;
import io.shufflenet.spark.evaluation.Summary;
import io.shufflenet.spark.results.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A run by itself, measured to be compared.
 *
 * @param run what the comparison calls it: {@code A} is the one that the others are held against
 * @param output its folder
 * @param predictions all of them
 * @param summary of all of them
 * @param profile of all of them
 */
public record ComparedRun(
    String run,
    String output,
    Provenance provenance,
    RunPredictions predictions,
    Summary summary,
    RunProfile profile) {

  /**
   * Measures a run with Spark: some passes over its predictions.
   *
   * @param output its folder as it is to be told
   */
  public static ComparedRun of(
      String run, String output, Provenance provenance, RunPredictions predictions) {
    return new ComparedRun(
        run,
        output,
        provenance,
        predictions,
        Evaluation.of(predictions.predictions(), predictions.classNames())
            .among(provenance.scoredClasses())
            .summary(),
        RunProfile.of(predictions));
  }

  /**
   * What made the runs' predictions and is not the same in both, in the words of {@code run.json}.
   */
  List<String> differsIn(ComparedRun other) {
    Provenance one = provenance;
    Provenance two = other.provenance();
    List<String> names = new ArrayList<>();
    note(names, "model_sha256", one.modelSha256(), two.modelSha256());
    note(names, "architecture", one.architecture(), two.architecture());
    note(names, "classes", one.classes(), two.classes());
    note(names, "scored_classes", one.scoredClasses(), two.scoredClasses());
    note(names, "temperature", one.temperature(), two.temperature());
    note(names, "preprocessing", one.preprocessing(), two.preprocessing());
    note(names, "input_size", one.inputSize(), two.inputSize());
    note(names, "orientation", one.orientation(), two.orientation());
    note(names, "precision", one.precision(), two.precision());
    note(names, "project_version", one.projectVersion(), two.projectVersion());
    note(names, "spark_version", one.sparkVersion(), two.sparkVersion());
    return names;
  }

  private static void note(List<String> names, String name, Object one, Object other) {
    if (!Objects.equals(one, other)) {
      names.add(name);
    }
  }
}
