package io.shufflenet.spark.dataset;

import static org.apache.spark.sql.functions.col;

import io.shufflenet.spark.dataset.ShardSelection.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Tar files of samples, as WebDataset has them. One task reads a file, from its beginning to its
 * end.
 */
final class ShardInput implements ImageInput {
  /** So many first images tell whether there are labels, and of which kind. */
  private static final int LOOKED_AT = 1000;

  private final SparkSession spark;
  private final InputSettings settings;
  private final int maxBytes;
  private final List<Shard> shards;
  private final LabelKind labelKind;
  private final Broadcast<SerializableConfiguration> configuration;
  private final LongAccumulator listed;

  private ShardInput(
      SparkSession spark,
      InputSettings settings,
      int maxBytes,
      List<Shard> shards,
      LabelKind labelKind) {
    this.spark = spark;
    this.settings = settings;
    this.maxBytes = maxBytes;
    this.shards = shards;
    this.labelKind = labelKind;
    this.configuration =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
    this.listed = spark.sparkContext().longAccumulator("images found in shards");
  }

  /**
   * @param maxBytes longest image that is read
   */
  static ShardInput open(SparkSession spark, InputSettings settings, int maxBytes)
      throws IOException {
    settings.refuseColumns("is a set of tar shards");
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    try {
      List<Shard> shards = shards(InputLocation.of(settings, spark), settings);
      ShardSelection names = new ShardSelection(settings.extensions(), maxBytes, Content.NONE);
      return new ShardInput(
          spark, settings, maxBytes, shards, labelKind(shards, names, settings, hadoop));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static List<Shard> shards(InputLocation location, InputSettings settings) {
    if (!location.isFolder()) {
      return List.of(Shard.of(new FolderFile(location.status(), location.path().getName())));
    }
    List<Shard> shards =
        location.walk().stream()
            .filter(file -> InputFormat.isShard(file.path()))
            .map(Shard::of)
            .sorted(Comparator.comparing(Shard::relativePath, CodePointOrder.INSTANCE))
            .toList();
    if (shards.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read %s: there is no tar file in it (.tar, .tar.gz or .tgz)"
              .formatted(settings.namedPath()));
    }
    return shards;
  }

  /** That of the first images' labels; none if they have none. */
  private static LabelKind labelKind(
      List<Shard> shards, ShardSelection names, InputSettings settings, Configuration hadoop)
      throws IOException {
    for (Shard shard : shards) {
      try (ShardReader reader = ShardReader.open(shard, names, hadoop)) {
        if (reader.hasNext()) {
          return reader.stream()
              .limit(LOOKED_AT)
              .filter(image -> image.label() != null)
              .findFirst()
              .map(image -> kindOf(image.label()))
              .orElse(LabelKind.NONE);
        }
      }
    }
    throw new IllegalArgumentException(
        "Cannot read %s: no member of its %,d tar files is an image (%s)"
            .formatted(settings.namedPath(), shards.size(), String.join(", ", names.endings())));
  }

  private static LabelKind kindOf(String label) {
    return LabelMeaning.isInteger(label) ? LabelKind.INTEGER : LabelKind.STRING;
  }

  @Override
  public String describe() {
    String labels = labelKind == LabelKind.NONE ? "" : ", labels from cls";
    String endings =
        settings.extensions().isEmpty() ? "" : ", only " + String.join(", ", settings.extensions());
    return "webdataset %s with %,d tar files%s%s"
        .formatted(settings.path(), shards.size(), labels, endings);
  }

  @Override
  public Dataset<Row> rows() {
    if (settings.limit() == 0) {
      return images(Content.BYTES, Integer.MAX_VALUE, listed);
    }
    return new Sample(settings.limit(), settings.seed())
        .ofHeads(most -> images(Content.BYTES, most, listed), shards.size());
  }

  /** Goes through the tar files without reading images. */
  @Override
  public Dataset<Row> listing() {
    return settings.limit() == 0
        ? images(Content.NONE, Integer.MAX_VALUE, listed).drop(ImageRows.CONTENT)
        : rows().drop(ImageRows.CONTENT);
  }

  private Dataset<Row> labels() {
    LongAccumulator unseen = spark.sparkContext().longAccumulator();
    return images(Content.NONE, Integer.MAX_VALUE, unseen).drop(ImageRows.CONTENT);
  }

  /** The rows of each tar file's first {@code most} images. */
  private Dataset<Row> images(Content content, int most, LongAccumulator counter) {
    ShardSelection selection = new ShardSelection(settings.extensions(), maxBytes, content);
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(shards, shards.size())
            .flatMap(new ReadShards(selection, most, configuration, counter));
    return spark.createDataFrame(rows, ImageRows.OF_SHARDS);
  }

  @Override
  public List<StructField> keptFields() {
    return List.of();
  }

  @Override
  public boolean holdsContent() {
    return true;
  }

  @Override
  public LabelKind labelKind() {
    return labelKind;
  }

  @Override
  public List<String> distinctLabels(int most) {
    return labels()
        .select(ImageRows.LABEL)
        .filter(col(ImageRows.LABEL).isNotNull())
        .distinct()
        .limit(most)
        .as(Encoders.STRING())
        .collectAsList();
  }

  @Override
  public Optional<String> exampleOf(String label) {
    return labels()
        .filter(col(ImageRows.LABEL).equalTo(label))
        .select(ImageRows.PATH)
        .as(Encoders.STRING())
        .takeAsList(1)
        .stream()
        .findFirst();
  }

  @Override
  public long listed() {
    return listed.value();
  }
}
