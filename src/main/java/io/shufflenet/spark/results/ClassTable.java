package io.shufflenet.spark.results;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code <output>/classes}: index and name of every class of the model, also of those without
 * images.
 */
public final class ClassTable {
  private static final String CLASSES = "classes";
  private static final StructType SCHEMA =
      new StructType().add("index", DataTypes.IntegerType).add("name", DataTypes.StringType);

  private ClassTable() {}

  /** The given names, or where there are none the decimal indices. */
  public static List<String> names(List<String> given, int classes) {
    return given.isEmpty()
        ? IntStream.range(0, classes).mapToObj(Integer::toString).toList()
        : given;
  }

  /** The names in the table of a complete run, by index. */
  static List<String> read(SparkSession spark, Path output) {
    return spark
        .read()
        .parquet(new Path(output, CLASSES).toString())
        .orderBy("index")
        .select("name")
        .as(Encoders.STRING())
        .collectAsList();
  }

  /** Writes the table to be published. */
  public static void write(SparkSession spark, List<String> names, RunFolder folder) {
    List<Row> rows =
        IntStream.range(0, names.size())
            .mapToObj(index -> RowFactory.create(index, names.get(index)))
            .toList();
    spark
        .createDataFrame(rows, SCHEMA)
        .coalesce(1)
        .write()
        .parquet(folder.working(CLASSES).toString());
  }
}
