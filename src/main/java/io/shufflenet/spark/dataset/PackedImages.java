package io.shufflenet.spark.dataset;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A set's images as a Parquet table that holds their bytes, in few large files: what opening
 * millions of small ones costs is paid once.
 */
public final class PackedImages {
  /** Small, so that whoever reads the table holds few images at a time. */
  private static final int ROW_GROUP_BYTES = 16 << 20;

  private static final int MEASURED_IMAGES = 64;

  private final Dataset<Row> images;
  private final LabelKind labels;
  private final int maxBytes;
  private final SparkSession spark;
  private final Broadcast<SerializableConfiguration> configuration;

  /**
   * @param images the rows of {@link ImageInput#rows()}, which are gone through more than once
   * @param labels what their labels are
   * @param maxBytes longest file that is read
   */
  public PackedImages(Dataset<Row> images, LabelKind labels, int maxBytes) {
    this.images = images;
    this.labels = labels;
    this.maxBytes = maxBytes;
    this.spark = images.sparkSession();
    this.configuration =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
  }

  /**
   * What a table holds.
   *
   * @param bytes of all images; where their lengths are not known, by the first ones' average
   */
  public record Size(long images, long bytes) {}

  /**
   * Goes through the images' lengths.
   *
   * @param listing the images, with or without their bytes
   */
  public Size measure(Dataset<Row> listing) {
    Row known =
        listing
            .agg(
                count(lit(1)),
                coalesce(sum(ImageRows.LENGTH), lit(0L)),
                count(col(ImageRows.LENGTH)))
            .first();
    long unknown = known.getLong(0) - known.getLong(2);
    long bytes = known.getLong(1) + (unknown == 0 ? 0 : (long) (unknown * averageLength()));
    return new Size(known.getLong(0), bytes);
  }

  private double averageLength() {
    Dataset<Row> first = images.filter(col(ImageRows.LENGTH).isNull()).limit(MEASURED_IMAGES);
    LongAccumulator unreadable = spark.sparkContext().longAccumulator();
    Row average = withContent(first, unreadable).agg(avg(ImageRows.LENGTH)).first();
    return average.isNullAt(0) ? 0 : average.getDouble(0);
  }

  /**
   * Writes the table, sorted by name.
   *
   * @param files how many it has at most
   * @return how many rows hold no bytes, because their file cannot be read
   */
  public long write(String folder, int files) {
    LongAccumulator unreadable = spark.sparkContext().longAccumulator("images without bytes");
    Dataset<Row> sorted =
        images
            .repartitionByRange(
                files, col(ImageRows.RELATIVE_PATH), col(ImageRows.PATH), col(ImageRows.LENGTH))
            .sortWithinPartitions(ImageRows.RELATIVE_PATH, ImageRows.PATH);
    withContent(sorted, unreadable)
        .withColumn(ImageRows.LABEL, label())
        .write()
        .option("parquet.block.size", ROW_GROUP_BYTES)
        .option("parquet.enable.dictionary#" + ImageRows.CONTENT, false)
        .option("compression", "uncompressed") // images are compressed already
        .parquet(folder);
    return unreadable.value();
  }

  /** Of tar files the first labels alone tell the kind: one that is no index must not get lost. */
  private Column label() {
    Column label = col(ImageRows.LABEL);
    if (labels != LabelKind.INTEGER) {
      return label;
    }
    Column index = expr("try_cast(%s AS BIGINT)".formatted(ImageRows.LABEL));
    Column refused = raise_error(concat(lit("Cannot pack label, which is no index: "), label));
    return when(index.isNull().and(label.isNotNull()), refused).otherwise(index);
  }

  private Dataset<Row> withContent(Dataset<Row> rows, LongAccumulator unreadable) {
    ReadContent read = new ReadContent(rows.schema(), maxBytes, configuration, unreadable);
    return rows.mapPartitions(read, Encoders.row(schema(rows.schema())));
  }

  private static StructType schema(StructType rows) {
    StructField[] others =
        Arrays.stream(rows.fields())
            .filter(field -> !field.name().equals(ImageRows.CONTENT))
            .toArray(StructField[]::new);
    return new StructType(others).add(ImageRows.CONTENT, DataTypes.BinaryType);
  }
}
