package io.shufflenet.spark.evaluation.comparison;

import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.results.PredictionSchema;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Predictions of a run for a test, with paths and a kept column {@code camera}. */
public final class RunTable {
  private static final StructType SCHEMA =
      PredictionSchema.of(
          List.of(StructField.apply("camera", DataTypes.StringType, true, Metadata.empty())),
          Scores.NONE,
          Embedding.NONE);

  private final List<Row> rows = new ArrayList<>();

  /**
   * @param label null for an unlabelled image, whose rank is null then
   */
  public RunTable image(String path, Integer label, int predicted, double probability) {
    return image(path, label, predicted, probability, null);
  }

  public RunTable image(
      String path, Integer label, int predicted, double probability, String camera) {
    Integer rank = label == null ? null : (Integer) (label == predicted ? 1 : 2);
    return ranked(path, label, predicted, probability, camera, rank);
  }

  RunTable ranked(
      String path, Integer label, int predicted, double probability, String camera, Integer rank) {
    Map<String, Object> row = new HashMap<>();
    row.put(PredictionSchema.RELATIVE_PATH, path);
    row.put(PredictionSchema.LABEL_INDEX, label);
    row.put(PredictionSchema.PREDICTED_INDEX, predicted);
    row.put(PredictionSchema.PROBABILITY, (float) probability);
    row.put(PredictionSchema.LABEL_PROBABILITY, label == null ? null : (Float) 0.5f);
    row.put(PredictionSchema.LABEL_NLL, label == null ? null : (Double) 0.7);
    row.put(PredictionSchema.SQUARED_PROBABILITY, 0.4);
    row.put(PredictionSchema.LABEL_RANK, rank);
    row.put(PredictionSchema.WIDTH, 640);
    row.put(PredictionSchema.HEIGHT, 480);
    row.put("camera", camera);
    return add(row);
  }

  public RunTable failed(String path, Integer label, String kind) {
    Map<String, Object> row = new HashMap<>();
    row.put(PredictionSchema.RELATIVE_PATH, path);
    row.put(PredictionSchema.LABEL_INDEX, label);
    row.put(PredictionSchema.ERROR, RowFactory.create("decode", kind, "why"));
    return add(row);
  }

  private RunTable add(Map<String, Object> row) {
    Object[] values = new Object[SCHEMA.length()];
    for (int column = 0; column < values.length; column++) {
      values[column] = row.get(SCHEMA.fieldNames()[column]);
    }
    rows.add(RowFactory.create(values));
    return this;
  }

  public RunPredictions named(String name, List<String> classNames) {
    return new RunPredictions(name, LocalSpark.session().createDataFrame(rows, SCHEMA), classNames);
  }
}
