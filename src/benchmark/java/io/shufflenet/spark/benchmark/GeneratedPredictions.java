package io.shufflenet.spark.benchmark;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.shufflenet.spark.results.PredictionSchema;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Predictions that nobody made, of as many images as one likes: seven of ten right, mistakes of
 * every kind, so that the confusion matrix is full.
 */
final class GeneratedPredictions {
  /** A kept column with eight values. */
  static final StructField CAMERA =
      DataTypes.createStructField("camera", DataTypes.StringType, true);

  private GeneratedPredictions() {}

  /** Writes them as a Parquet table. */
  static void write(SparkSession spark, long images, int classes, Path folder) {
    Dataset<Row> drawn =
        spark
            .range(images)
            .selectExpr(
                "id",
                "cast(pmod(xxhash64(id), %d) as int) as l".formatted(classes),
                "pmod(xxhash64(id, 1), 1000) / 1000d as u",
                "cast(pmod(xxhash64(id, 2), %d) as int) as r".formatted(classes))
            .selectExpr("*", "if(u < 0.7, l, r) as p", "(0.3d + 0.7d * (1 - u) * (1 - u)) as c")
            .selectExpr("*", "if(l = p, c, (1 - c) / 3) as q");
    Map<String, Column> columns = columns();
    Column[] selected =
        Arrays.stream(PredictionSchema.of(List.of(CAMERA), Scores.NONE, Embedding.NONE).fields())
            .map(
                field ->
                    columns
                        .getOrDefault(field.name(), lit(null))
                        .cast(field.dataType())
                        .as(field.name()))
            .toArray(Column[]::new);
    drawn.select(selected).write().parquet(folder.toString());
  }

  private static Map<String, Column> columns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(PredictionSchema.PATH, expr("concat('file:/nowhere/', id, '.jpg')"));
    columns.put(PredictionSchema.RELATIVE_PATH, expr("concat(id, '.jpg')"));
    columns.put(CAMERA.name(), expr("concat('camera ', pmod(id, 8))"));
    columns.put(PredictionSchema.LABEL, expr("l"));
    columns.put(PredictionSchema.LABEL_INDEX, expr("l"));
    columns.put(PredictionSchema.PREDICTED, expr("p"));
    columns.put(PredictionSchema.PREDICTED_INDEX, expr("p"));
    columns.put(PredictionSchema.PROBABILITY, expr("c"));
    columns.put(PredictionSchema.LABEL_PROBABILITY, expr("q"));
    columns.put(PredictionSchema.LABEL_NLL, expr("-ln(q)"));
    columns.put(PredictionSchema.LABEL_RANK, expr("if(l = p, 1, 2 + cast(pmod(id, 6) as int))"));
    columns.put(PredictionSchema.SQUARED_PROBABILITY, expr("c * c"));
    columns.put(
        PredictionSchema.TOP_K,
        expr(
            "array(named_struct('class', cast(p as string), 'index', p, 'probability', cast(c as"
                + " float)), named_struct('class', '0', 'index', 0, 'probability', cast((1 - c) / 2"
                + " as float)))"));
    columns.put(PredictionSchema.WIDTH, lit(500));
    columns.put(PredictionSchema.HEIGHT, lit(375));
    columns.put(PredictionSchema.ORIENTATION, lit(1));
    columns.put(PredictionSchema.LENGTH, lit(100_000));
    return columns;
  }
}
