package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A folder of images, its first level the classes. Executors list it, and the driver holds no
 * files.
 */
final class FolderInput implements ImageInput {
  private static final int UNITS_PER_CORE = 4;

  /** The driver lists about this many folders at most to share out the work. */
  private static final int MOST_UNITS_BY_SPLITTING = 256;

  private final SparkSession spark;
  private final InputSettings settings;
  private final FolderTree tree;
  private final Optional<GroundTruth> truth;
  private final Broadcast<SerializableConfiguration> configuration;
  private final LongAccumulator listed;

  private FolderInput(
      SparkSession spark, InputSettings settings, FolderTree tree, Optional<GroundTruth> truth) {
    this.spark = spark;
    this.settings = settings;
    this.tree = tree;
    this.truth = truth;
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    this.configuration =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(hadoop));
    this.listed = spark.sparkContext().longAccumulator("files listed");
  }

  static FolderInput open(SparkSession spark, InputSettings settings) throws IOException {
    settings.refuseColumns("is an image folder");
    InputLocation location = InputLocation.of(settings, spark);
    if (!location.isFolder()) {
      throw new IllegalArgumentException(
          "Cannot read %s: it is a file, and %s = folder needs a folder"
              .formatted(settings.namedPath(), InputSettings.FORMAT_KEY));
    }
    try {
      FirstImage.require(location.walk(), settings);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    FolderLister lister = FolderLister.of(location.fileSystem(), location.path());
    FolderTree tree = FolderTree.of(lister, location.path());
    if (!settings.truth().isGiven()) {
      return new FolderInput(spark, settings, tree, Optional.empty());
    }
    requireFlat(tree, settings);
    GroundTruth truth =
        GroundTruth.read(settings.truth(), spark.sparkContext().hadoopConfiguration());
    FolderInput input = new FolderInput(spark, settings, tree, Optional.of(truth));
    new GroundTruthCheck(truth).require(input.files(input.sharedOut(), Integer.MAX_VALUE));
    return input;
  }

  private static void requireFlat(FolderTree tree, InputSettings settings) {
    if (!tree.classes().isEmpty()) {
      throw TextLines.cannotUse(
          settings.truth().namedTruth(),
          "%s has subfolders (such as %s), whose names are the labels"
              .formatted(settings.namedPath(), tree.classes().get(0)));
    }
  }

  @Override
  public String describe() {
    String endings =
        settings.extensions().isEmpty() ? "" : ", only " + String.join(", ", settings.extensions());
    String labels = truth.map(files -> ", labels by " + files.files().groundTruth()).orElse("");
    return "image folder %s with %s subfolders%s%s"
        .formatted(tree.root(), tree.classes().size(), endings, labels);
  }

  @Override
  public Dataset<Row> rows() {
    Dataset<Row> files = files();
    return truth.map(labels -> labels.label(files)).orElse(files);
  }

  private Dataset<Row> files() {
    if (settings.limit() == 0) {
      return files(sharedOut(), Integer.MAX_VALUE);
    }
    List<ListingUnit> units = tree.unitPerClass();
    return new Sample(settings.limit(), settings.seed())
        .ofHeads(most -> files(units, most), units.size());
  }

  private List<ListingUnit> sharedOut() {
    int wanted = UNITS_PER_CORE * spark.sparkContext().defaultParallelism();
    try {
      return tree.units(Math.min(wanted, MOST_UNITS_BY_SPLITTING));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of each unit's first {@code most} files. */
  private Dataset<Row> files(List<ListingUnit> units, int most) {
    int partitions =
        Math.min(units.size(), UNITS_PER_CORE * spark.sparkContext().defaultParallelism());
    ListFiles listFiles =
        new ListFiles(tree.root().toString(), settings.extensions(), most, configuration, listed);
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(units, partitions)
            .flatMap(listFiles);
    return spark.createDataFrame(rows, ImageRows.OF_FOLDER);
  }

  @Override
  public List<StructField> keptFields() {
    return List.of();
  }

  @Override
  public boolean holdsContent() {
    return false;
  }

  @Override
  public LabelKind labelKind() {
    return tree.classes().isEmpty() && truth.isEmpty() ? LabelKind.NONE : LabelKind.STRING;
  }

  @Override
  public List<String> distinctLabels(int most) {
    List<String> labels = truth.map(GroundTruth::synsets).orElse(tree.classes());
    return labels.subList(0, Math.min(most, labels.size()));
  }

  @Override
  public Optional<String> exampleOf(String label) {
    return Optional.of(
        truth
            .map(labels -> labels.files().namedSynsets())
            .orElseGet(() -> new Path(tree.root(), new Path(null, null, label)).toString()));
  }

  @Override
  public long listed() {
    return listed.value();
  }
}
