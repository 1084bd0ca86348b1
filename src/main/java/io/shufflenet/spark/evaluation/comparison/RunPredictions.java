package io.shufflenet.spark.evaluation.comparison;

import io.shufflenet.spark.results.FinishedRun;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The predictions of one run, to be compared with another's.
 *
 * @param name what messages call the run, for example its folder
 * @param predictions columns of {@link io.shufflenet.spark.results.PredictionSchema}; read several
 *     times
 * @param classNames name of each class by index
 */
public record RunPredictions(String name, Dataset<Row> predictions, List<String> classNames) {
  public RunPredictions {
    classNames = List.copyOf(classNames);
  }

  /**
   * All predictions of a run, with the names of its classes read.
   *
   * @param name its folder as it is to be told
   */
  public static RunPredictions of(SparkSession spark, String name, FinishedRun run) {
    return new RunPredictions(name, run.predictions(spark), run.classNames(spark));
  }
}
