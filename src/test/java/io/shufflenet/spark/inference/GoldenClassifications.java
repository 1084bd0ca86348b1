package io.shufflenet.spark.inference;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A few golden images as tables, and what {@link Inference#predict} makes of them. */
public final class GoldenClassifications {
  /** Three good ones and a text. */
  public static final List<String> NAMES =
      List.of("j_420.jpg", "j_exif6.jpg", "p_rgb.png", "t_text.jpg");

  /** Columns whose names the predictions have too, and a name with a dot. */
  private static final StructType TABLE =
      new StructType()
          .add("name", DataTypes.StringType, false)
          .add("label", DataTypes.IntegerType)
          .add("path", DataTypes.StringType)
          .add("row", DataTypes.DoubleType)
          .add("taken.at", DataTypes.TimestampType)
          .add("content", DataTypes.BinaryType);

  private static Map<String, Row> expected;

  private GoldenClassifications() {}

  /** The images by bytes in {@code content} and by {@code path}. */
  public static Dataset<Row> table(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (String name : NAMES) {
      Path file = GoldenFiles.IMAGES.resolve(name);
      rows.add(RowFactory.create(name, 7, file.toString(), 0.5, new Timestamp(0), bytes(file)));
    }
    // Of an RDD, for Spark computes on a list in the driver.
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, 2), TABLE);
  }

  /** As Hugging Face's {@code image}: the first image by its path, the others by their bytes. */
  public static Dataset<Row> structs(SparkSession spark) {
    Column bytes = functions.when(col("name").notEqual(NAMES.get(0)), col("content"));
    return table(spark).select(col("name"), struct(bytes.as("bytes"), col("path")).as("image"));
  }

  /** The struct of each image, by its name. */
  public static synchronized Map<String, Row> expected() throws IOException {
    if (expected == null) {
      SparkSession spark = LocalSpark.session();
      Column[] fields =
          Arrays.stream(Classification.type(Embedding.NONE).fieldNames())
              .map(functions::col)
              .toArray(Column[]::new);
      Dataset<Row> predictions =
          Inference.predict(
              table(spark).select("path"),
              InferenceIT.settings(Scores.NONE),
              new InferenceMetrics(spark.sparkContext()));
      expected = byName(predictions.select(col("path").as("name"), struct(fields)));
    }
    return expected;
  }

  /** Of a table of names or paths, and structs. */
  public static Map<String, Row> byName(Dataset<Row> table) {
    Map<String, Row> structs = new TreeMap<>();
    for (Row row : table.collectAsList()) {
      structs.put(Path.of(row.getString(0)).getFileName().toString(), row.getStruct(1));
    }
    return structs;
  }

  /** How many images this JVM has classified so far. */
  public static long classified() {
    return (long) ExecutorWork.IMAGES.total();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
