package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.HadoopPath;
import io.shufflenet.spark.dataset.ImageInput;
import io.shufflenet.spark.dataset.InputSettings;
import io.shufflenet.spark.dataset.Labels;
import io.shufflenet.spark.evaluation.Slicing;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.inference.InferenceSettings;
import io.shufflenet.spark.inference.LoadedModel;
import io.shufflenet.spark.model.ComputeDevice;
import io.shufflenet.spark.results.ClassTable;
import io.shufflenet.spark.results.PredictionSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What predict and evaluate know before the first image is listed.
 *
 * @param inputName what is read: a full path without a password, or a catalog table's name
 * @param course what decides the rows
 * @param baseline what evaluate holds its predictions against
 * @param described whether a file beside the checkpoint says how images are preprocessed
 */
record PredictionPlan(
    ImageInput input,
    String inputName,
    Labels labels,
    InferenceSettings inference,
    PredictionCourse course,
    Optional<BaselineRun> baseline,
    boolean described) {
  /**
   * @param output fully qualified
   * @throws IllegalArgumentException if the settings do not serve
   */
  static PredictionPlan of(
      SparkSession spark,
      JobSettings settings,
      Goal goal,
      LoadedModel model,
      Configuration hadoop,
      Path output)
      throws IOException {
    requireDevice(spark, settings);
    InputAndOutput.requireApart(hadoop, "input.path", settings.input(), output);
    ImageInput input =
        ImageInput.open(
            spark, settings.input(), settings.maxBytes(), PredictionSchema.reservedNames());
    requireSlices(spark, settings.report().slicing(), input);
    settings.table().ifPresent(table -> table.requireFits(spark, schema(settings, input)));
    Labels labels =
        Labels.resolve(
            input,
            settings.classNames(),
            model.classNames(),
            hadoop,
            model.network().classes(),
            goal.labels());
    if (settings.restrict().isPresent()) {
      labels = labels.restrictedTo(settings.restrict().get(), input, hadoop, goal.labels());
    }
    InferenceSettings inference = inference(settings, model, labels);
    inference.decoder(); // loads OpenCV: a host that cannot is told so before it lists anything
    String inputName = Redaction.redact(name(settings.input(), hadoop));
    return new PredictionPlan(
        input,
        inputName,
        labels,
        inference,
        PredictionCourse.of(inputName, settings.input(), inference),
        baseline(spark, settings.report(), inference, hadoop),
        model.description().isPresent());
  }

  /** A run of hours is not to end with a report that cannot be made. */
  private static void requireSlices(SparkSession spark, Slicing slicing, ImageInput input) {
    if (slicing.by().isEmpty()) {
      return;
    }
    StructType kept = new StructType(input.keptFields().toArray(StructField[]::new));
    StructType columns = kept.add(PredictionSchema.ORIENTATION, DataTypes.IntegerType);
    slicing.by().forEach(name -> requireKept(name, columns));
    var unused = slicing.mark(spark.createDataFrame(List.of(), columns));
    List<String> ofInput =
        slicing.by().stream()
            .filter(name -> !name.equalsIgnoreCase(PredictionSchema.ORIENTATION))
            .toList();
    new Slicing(ofInput, slicing.minSupport()).requireFewValues(input.listing());
  }

  private static void requireKept(String name, StructType columns) {
    String column = name.toLowerCase(Locale.ROOT);
    for (String known : columns.fieldNames()) {
      if ((column + ".").startsWith(known.toLowerCase(Locale.ROOT) + ".")) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "Cannot slice by report.by = %s: there will be %s. Name the input's column in input.keep too"
            .formatted(name, String.join(", ", columns.fieldNames())));
  }

  private static StructType schema(JobSettings settings, ImageInput input) {
    return PredictionSchema.of(input.keptFields(), settings.scores(), settings.embedding());
  }

  /** Without a cluster the driver's devices are the tasks', and what is missing is found here. */
  private static void requireDevice(SparkSession spark, JobSettings settings) {
    if (spark.sparkContext().isLocal()) {
      settings.precision().requireOn(ComputeDevice.resolve(settings.device(), List.of()));
    }
  }

  private static InferenceSettings inference(
      JobSettings settings, LoadedModel model, Labels labels) {
    return new InferenceSettings(
        model.network(),
        labels.names(),
        model.preprocessing(settings.preprocessing(), settings.inputSize()),
        settings.orientation(),
        settings.device(),
        settings.precision(),
        labels.restriction(),
        settings.temperature(),
        settings.topK(),
        settings.scores(),
        settings.embedding(),
        settings.maxPixels(),
        settings.maxBytes());
  }

  private static Optional<BaselineRun> baseline(
      SparkSession spark, ReportOptions options, InferenceSettings inference, Configuration hadoop)
      throws IOException {
    Optional<BaselineRun> baseline = options.openBaseline(hadoop);
    baseline.ifPresent(
        run ->
            run.requireComparable(
                spark, ClassTable.names(inference.classNames(), inference.network().classes())));
    return baseline;
  }

  private static String name(InputSettings input, Configuration hadoop) {
    return input.isCatalogTable()
        ? input.path()
        : HadoopPath.named(hadoop, "input.path", input.path()).toString();
  }

  List<String> classNames() {
    return ClassTable.names(inference.classNames(), inference.network().classes());
  }

  /** For a person: what is read, and how. */
  List<String> lines(InputSettings settings) {
    List<String> lines = new ArrayList<>(List.of(input.describe()));
    if (settings.limit() > 0) {
      lines.add(
          "A sample of at most %,d of its images (input.limit), seed %d"
              .formatted(settings.limit(), settings.seed()));
    }
    labels.note().ifPresent(lines::add);
    if (described) {
      lines.add("A file beside the checkpoint was read; preprocessing " + preprocessing());
    }
    return lines;
  }

  private String preprocessing() {
    Preprocessing preprocessing = inference.preprocessing();
    int size = preprocessing.cropSize();
    return "%s, %s x %s".formatted(preprocessing.name(), size, size);
  }
}
