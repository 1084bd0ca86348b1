package io.shufflenet.spark.evaluation.comparison;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
}
