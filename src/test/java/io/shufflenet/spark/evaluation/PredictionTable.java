package io.shufflenet.spark.evaluation;

import io.shufflenet.spark.results.PredictionSchema;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Predictions for a test, row by row; columns that the test does not speak of are null. */
public final class PredictionTable {
  public static final StructType SCHEMA =
      PredictionSchema.of(List.of(), Scores.NONE, Embedding.NONE);

  private final List<Row> rows = new ArrayList<>();

  /** What {@code inference} derives from one image's probabilities and its label. */
  record Scored(
      int label,
      int predicted,
      float probability,
      float labelProbability,
      double nll,
      int rank,
      double squaredProbability) {}

  /** The image's label has rank 1 where it was predicted, else rank 2 and a probability of 0.25. */
  public PredictionTable predicted(int label, int predicted, double probability) {
    boolean correct = label == predicted;
    double ofLabel = correct ? probability : 0.25;
    return scored(
        new Scored(
            label,
            predicted,
            (float) probability,
            (float) ofLabel,
            -Math.log(ofLabel),
            correct ? 1 : 2,
            probability * probability));
  }

  PredictionTable scored(Scored image) {
    Map<String, Object> row = new HashMap<>();
    row.put(PredictionSchema.LABEL_INDEX, image.label());
    row.put(PredictionSchema.PREDICTED_INDEX, image.predicted());
    row.put(PredictionSchema.PROBABILITY, image.probability());
    row.put(PredictionSchema.LABEL_PROBABILITY, image.labelProbability());
    row.put(PredictionSchema.LABEL_NLL, image.nll());
    row.put(PredictionSchema.LABEL_RANK, image.rank());
    row.put(PredictionSchema.SQUARED_PROBABILITY, image.squaredProbability());
    row.put(PredictionSchema.ORIENTATION, 1);
    return add(row);
  }

  /** An image without a label. */
  PredictionTable unlabelled(int predicted) {
    Map<String, Object> row = new HashMap<>();
    row.put(PredictionSchema.PREDICTED_INDEX, predicted);
    row.put(PredictionSchema.PROBABILITY, 0.5f);
    row.put(PredictionSchema.SQUARED_PROBABILITY, 0.25);
    return add(row);
  }

  /** An unlabelled image that lies on its side or stands on its head. */
  public PredictionTable rotated(int orientation) {
    return add(
        Map.of(PredictionSchema.PREDICTED_INDEX, 0, PredictionSchema.ORIENTATION, orientation));
  }

  /** An image without a prediction; {@code label} and {@code path} may be null. */
  public PredictionTable failed(Integer label, String kind, String path) {
    Map<String, Object> row = new HashMap<>();
    row.put(PredictionSchema.RELATIVE_PATH, path);
    row.put(PredictionSchema.LABEL_INDEX, label);
    row.put(PredictionSchema.ERROR, RowFactory.create("decode", kind, "why"));
    return add(row);
  }

  /** An image of which nothing is known, against the schema's word. */
  PredictionTable lost() {
    return add(Map.of());
  }

  private PredictionTable add(Map<String, Object> row) {
    Object[] values = new Object[SCHEMA.length()];
    for (int column = 0; column < values.length; column++) {
      values[column] = row.get(SCHEMA.fieldNames()[column]);
    }
    rows.add(RowFactory.create(values));
    return this;
  }

  public Dataset<Row> in(SparkSession spark) {
    return spark.createDataFrame(rows, SCHEMA);
  }
}
