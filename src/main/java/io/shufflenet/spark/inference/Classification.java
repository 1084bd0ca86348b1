package io.shufflenet.spark.inference;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import io.shufflenet.spark.dataset.ImageColumn;
import io.shufflenet.spark.dataset.ImageRows;
import io.shufflenet.spark.results.PredictionSchema;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a table gets for each of its images: a struct of those columns of {@link PredictionSchema}
 * that tell of the image alone. Either {@code error} is set or the prediction is.
 */
public final class Classification {
  private static final StructType PREDICTIONS =
      PredictionSchema.of(List.of(), Scores.NONE, Embedding.POOLED);

  private static final List<String> FIELDS =
      List.of(
          PredictionSchema.PREDICTED,
          PredictionSchema.PREDICTED_INDEX,
          PredictionSchema.PROBABILITY,
          PredictionSchema.TOP_K,
          PredictionSchema.WIDTH,
          PredictionSchema.HEIGHT,
          PredictionSchema.ORIENTATION,
          PredictionSchema.LENGTH,
          PredictionSchema.ERROR);

  private static final List<String> FIELDS_AND_EMBEDDING =
      Stream.concat(FIELDS.stream(), Stream.of(PredictionSchema.EMBEDDING)).toList();

  /** What the table's own row is called on its way. */
  private static final String ROW = "row";

  private Classification() {}

  /**
   * The struct's type.
   *
   * @param embedding adds a last field, {@code embedding}, if asked
   */
  public static StructType type(Embedding embedding) {
    return new StructType(
        fields(embedding).stream()
            .map(name -> PREDICTIONS.fields()[PREDICTIONS.fieldIndex(name)])
            .toArray(StructField[]::new));
  }

  private static List<String> fields(Embedding embedding) {
    return embedding == Embedding.NONE ? FIELDS : FIELDS_AND_EMBEDDING;
  }

  /**
   * The schema of {@link #of(Dataset, String, String, InferenceSettings)}.
   *
   * @throws IllegalArgumentException if there is no such input column, it is of another type, or
   *     the table has an output column already
   */
  public static StructType schema(
      SparkSession spark, StructType table, String input, String output, Embedding embedding) {
    ImageColumn unused = ImageColumn.named(spark, table, input);
    return schema(table, output, embedding);
  }

  private static StructType schema(StructType table, String output, Embedding embedding) {
    for (String name : table.fieldNames()) {
      if (name.equalsIgnoreCase(output)) {
        throw new IllegalArgumentException(
            "Cannot add a column %s: the table has one of that name".formatted(output));
      }
    }
    return table.add(output, type(embedding), false);
  }

  /**
   * Classifies every image of a table, lazily, and keeps all its columns, whatever they are called;
   * the struct is the last one.
   *
   * @param input the column of the images, as {@link ImageColumn#named} has it
   * @param output what the struct's column is called
   * @throws IllegalArgumentException if the columns do not serve
   */
  public static Dataset<Row> of(
      Dataset<Row> table, String input, String output, InferenceSettings settings) {
    ImageColumn images = ImageColumn.named(table.sparkSession(), table.schema(), input);
    return of(table, images, output, settings);
  }

  /**
   * As {@link #of(Dataset, String, String, InferenceSettings)}.
   *
   * @param images where the images are
   * @throws IllegalArgumentException if the table has a column of that name
   */
  public static Dataset<Row> of(
      Dataset<Row> table, ImageColumn images, String output, InferenceSettings settings) {
    StructType unused = schema(table.schema(), output, settings.embedding());
    Dataset<Row> rows =
        table.select(
            images.path().as(ImageRows.PATH),
            images.content().as(ImageRows.CONTENT),
            struct(col("*")).as(ROW));
    InferenceMetrics metrics = new InferenceMetrics(table.sparkSession().sparkContext());
    Column[] fields =
        fields(settings.embedding()).stream().map(functions::col).toArray(Column[]::new);
    return Inference.predict(rows, settings, metrics)
        .select(col(ROW + ".*"), struct(fields).as(output));
  }

  /** The struct of one prediction, of the columns of {@link #PREDICTIONS} as far as asked. */
  static Row of(Row prediction, Embedding embedding) {
    return RowFactory.create(
        fields(embedding).stream()
            .map(name -> prediction.get(PREDICTIONS.fieldIndex(name)))
            .toArray());
  }
}
