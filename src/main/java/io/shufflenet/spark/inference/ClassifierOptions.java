package io.shufflenet.spark.inference;

import io.shufflenet.spark.dataset.Labels;
import io.shufflenet.spark.image.Orientation;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.ComputeDevice;
import io.shufflenet.spark.model.DevicePolicy;
import io.shufflenet.spark.model.PrecisionPolicy;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * What a user says who classifies images from Spark code or SQL. All else is as the command
 * predict's defaults have it.
 *
 * @param model {@code model}: a checkpoint or TorchScript module, on any Hadoop file system
 * @param modelSha256 {@code model-sha256}: hexadecimal digest that the file must have; empty: any
 * @param classNames {@code class-names}: a text file, one name a line; empty: the model's own
 * @param preprocessing {@code preprocessing}: {@code megvii} or {@code torchvision}; empty: the
 *     model's own
 * @param precision {@code precision}: {@code fp32}, {@code bf16}, {@code fp16} or {@code auto}
 * @param device {@code device}: {@code auto}, {@code cpu} or {@code gpu}
 * @param topK {@code top-k}: how many of the best classes are listed, at least 1
 * @param embedding {@code embedding}: {@code pooled} adds the vector that the last layer takes;
 *     {@code none}
 */
public record ClassifierOptions(
    String model,
    Optional<String> modelSha256,
    Optional<String> classNames,
    Optional<Preprocessing> preprocessing,
    PrecisionPolicy precision,
    DevicePolicy device,
    int topK,
    Embedding embedding) {
  public static final String MODEL = "model";
  public static final String MODEL_SHA256 = "model-sha256";
  public static final String CLASS_NAMES = "class-names";
  public static final String PREPROCESSING = "preprocessing";
  public static final String PRECISION = "precision";
  public static final String DEVICE = "device";
  public static final String TOP_K = "top-k";
  public static final String EMBEDDING = "embedding";

  /** Every option. */
  public static final List<String> NAMES =
      List.of(MODEL, MODEL_SHA256, CLASS_NAMES, PREPROCESSING, PRECISION, DEVICE, TOP_K, EMBEDDING);

  private static final int USUAL_TOP_K = 5;

  /** As {@code image.max-pixels} and {@code image.max-bytes} of the command line. */
  private static final long MOST_PIXELS = 89_478_485;

  static final int MOST_BYTES = 64 << 20;

  public ClassifierOptions {
    if (topK < 1) {
      throw new IllegalArgumentException("Cannot use %s = %s: at least 1".formatted(TOP_K, topK));
    }
  }

  /**
   * Reads options, {@linkplain #named by their own names}; those that are blank are not set.
   *
   * @throws IllegalArgumentException if there is no model, or a value cannot be meant; the message
   *     names its option
   */
  public static ClassifierOptions of(Map<String, String> options) {
    return new ClassifierOptions(
        value(options, MODEL)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot classify images: the option %s is not set; it names a checkpoint"
                            .formatted(MODEL))),
        value(options, MODEL_SHA256),
        value(options, CLASS_NAMES),
        value(options, PREPROCESSING).map(Preprocessing::named),
        value(options, PRECISION)
            .map(name -> Choice.constant(PrecisionPolicy.values(), name, PRECISION))
            .orElse(PrecisionPolicy.FP32),
        value(options, DEVICE)
            .map(name -> Choice.constant(DevicePolicy.values(), name, DEVICE))
            .orElse(DevicePolicy.AUTO),
        value(options, TOP_K).map(ClassifierOptions::number).orElse(USUAL_TOP_K),
        value(options, EMBEDDING).map(ClassifierOptions::embedding).orElse(Embedding.NONE));
  }

  /**
   * The value of {@code embedding}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Embedding embedding(String name) {
    return Choice.constant(Embedding.values(), name, EMBEDDING);
  }

  private static Optional<String> value(Map<String, String> options, String name) {
    return Optional.ofNullable(options.get(name)).filter(value -> !value.isBlank());
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Cannot use %s = %s: it must be a number".formatted(TOP_K, text), e);
    }
  }

  /**
   * The options under their own names. Those that a user gives may be written in any case, and
   * without hyphens: {@code classNames}.
   *
   * @param known every option that there is
   * @throws IllegalArgumentException if one is not known; the message names the nearest
   */
  public static Map<String, String> named(Map<String, String> given, List<String> known) {
    Map<String, String> named = new TreeMap<>();
    given.forEach((name, value) -> named.put(known(name, known), value));
    return named;
  }

  private static String known(String given, List<String> known) {
    return known.stream()
        .filter(name -> plain(name).equals(plain(given)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot use the option %s: there is none of that name; the nearest is %s"
                        .formatted(given, Choice.nearest(known, given))));
  }

  private static String plain(String name) {
    return name.replace("-", "").toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the model, and the class names where a file is named.
   *
   * @throws IllegalArgumentException if they do not serve
   * @throws IOException if a file cannot be read, or the model's is no checkpoint
   */
  public InferenceSettings settings(SparkSession spark) throws IOException {
    LoadedModel loaded = load(spark);
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<String> names =
        classNames.isPresent()
            ? Labels.names(classNames.get(), CLASS_NAMES, hadoop)
            : loaded.classNames();
    return settings(loaded, names);
  }

  /** The digest of the model's file as it is now; throws as {@link #settings(SparkSession)}. */
  public String sha256(SparkSession spark) throws IOException {
    return load(spark).network().sha256();
  }

  LoadedModel load(SparkSession spark) throws IOException {
    if (spark.sparkContext().isLocal()) { // the driver's devices are the tasks'
      precision.requireOn(ComputeDevice.resolve(device, List.of()));
    }
    LoadedModel loaded =
        CheckpointFile.readEither(
            spark.sparkContext().hadoopConfiguration(),
            MODEL,
            model,
            preprocessing,
            OptionalInt.empty());
    requireSha256(loaded.network().sha256());
    return loaded;
  }

  private void requireSha256(String actual) {
    if (modelSha256.isPresent() && !modelSha256.get().strip().equalsIgnoreCase(actual)) {
      throw new IllegalArgumentException(
          "Cannot use %s = %s: its SHA-256 is %s and not %s, so the file is another than that which was chosen"
              .formatted(MODEL, model, actual, modelSha256.get()));
    }
  }

  InferenceSettings settings(LoadedModel loaded, List<String> names) {
    return new InferenceSettings(
        loaded.network(),
        names,
        loaded.preprocessing(preprocessing, OptionalInt.empty()),
        Orientation.IGNORE,
        device,
        precision,
        List.of(),
        1.0,
        topK,
        Scores.NONE,
        embedding,
        MOST_PIXELS,
        MOST_BYTES);
  }
}
