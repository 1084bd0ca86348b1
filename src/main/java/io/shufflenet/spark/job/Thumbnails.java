package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.ImageInput;
import io.shufflenet.spark.dataset.ImageRows;
import io.shufflenet.spark.evaluation.NotableImage;
import io.shufflenet.spark.report.ThumbnailSource;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes thumbnails of a few images on the executors, for pages. */
final class Thumbnails implements ThumbnailSource {
  private static final Logger LOG = LoggerFactory.getLogger(Thumbnails.class);

  /** Longest side in pixels. */
  private static final int SIDE = 160;

  private static final StructType NAMED =
      new StructType()
          .add(ImageRows.PATH, DataTypes.StringType)
          .add(ImageRows.RELATIVE_PATH, DataTypes.StringType);

  private static final StructType SOURCE = NAMED.add(ImageRows.CONTENT, DataTypes.BinaryType);
  private static final StructType THUMBNAIL = NAMED.add("jpeg", DataTypes.BinaryType);

  private final SparkSession spark;
  private final Optional<ImageInput> input;
  private final int maxBytes;
  private final long maxPixels;

  private record Name(String path, String relativePath) {
    static Name of(NotableImage image) {
      return new Name(image.path(), image.relativePath());
    }
  }

  /**
   * @param input where the bytes come from if it holds them; otherwise files are read by their
   *     paths
   * @param maxBytes longest file that is read
   * @param maxPixels most pixels that an image may have
   */
  Thumbnails(SparkSession spark, Optional<ImageInput> input, int maxBytes, long maxPixels) {
    this.spark = spark;
    this.input = input.filter(ImageInput::holdsContent);
    this.maxBytes = maxBytes;
    this.maxPixels = maxPixels;
  }

  /**
   * A JPEG in base 64 for each image that can be read. Without a picture a report is still one, so
   * nothing that goes wrong here is thrown.
   */
  @Override
  public Map<NotableImage, String> of(Collection<NotableImage> images) {
    Map<Name, String> made = made(images.stream().map(Name::of).distinct().toList());
    Map<NotableImage, String> thumbnails = new HashMap<>();
    for (NotableImage image : images) {
      String jpeg = made.get(Name.of(image));
      if (jpeg != null) {
        thumbnails.put(image, jpeg);
      }
    }
    return thumbnails;
  }

  private Map<Name, String> made(List<Name> names) {
    Map<Name, String> made = new HashMap<>();
    if (names.isEmpty()) {
      return made;
    }
    try {
      for (Row row : source(names).mapPartitions(task(), Encoders.row(THUMBNAIL)).collectAsList()) {
        byte[] jpeg = row.getAs(2);
        made.put(
            new Name(row.getString(0), row.getString(1)), Base64.getEncoder().encodeToString(jpeg));
      }
    } catch (Exception e) { // Spark's are checked, and not declared
      LOG.warn("The images are not shown: {}", Redaction.line(String.valueOf(e.getMessage())));
    }
    return made;
  }

  /** A table that holds the bytes is gone through once more, for the rows of these names. */
  private Dataset<Row> source(List<Name> names) {
    if (input.isPresent()) {
      Object[] wanted = names.stream().map(Name::relativePath).toArray();
      return input
          .get()
          .rows()
          .where(functions.col(ImageRows.RELATIVE_PATH).isin(wanted))
          .select(ImageRows.PATH, ImageRows.RELATIVE_PATH, ImageRows.CONTENT);
    }
    List<Row> rows =
        names.stream()
            .map(name -> RowFactory.create(name.path(), name.relativePath(), null))
            .toList();
    int tasks = Math.min(rows.size(), spark.sparkContext().defaultParallelism());
    return spark.createDataFrame(rows, SOURCE).repartition(tasks);
  }

  private MakeThumbnails task() {
    Broadcast<SerializableConfiguration> configuration =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
    return new MakeThumbnails(SIDE, maxBytes, maxPixels, configuration);
  }
}
