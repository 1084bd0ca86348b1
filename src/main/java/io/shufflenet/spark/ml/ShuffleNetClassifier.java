package io.shufflenet.spark.ml;

import io.shufflenet.spark.inference.Classification;
import io.shufflenet.spark.inference.ClassifierOptions;
import io.shufflenet.spark.inference.OptionNames;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Spark ML's way to classify the images of a column. It adds one struct column, {@link
 * Classification#type}, and keeps all others; an image that cannot be classified has its reason in
 * the struct's {@code error}. A streaming Dataset works as well.
 *
 * <p>What is saved is the model's path and SHA-256, not its weights: when it is used again, a file
 * with another SHA-256 is refused, until {@link #setModel} is called anew.
 */
public final class ShuffleNetClassifier extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  // Set in the constructor, for the superclass's runs first. Spark finds them by their accessors.
  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> model;
  private final Param<String> modelSha256;
  private final Param<String> classNames;
  private final Param<String> preprocessing;
  private final Param<String> precision;
  private final Param<String> device;
  private final IntParam topK;
  private final Param<String> embedding;

  public ShuffleNetClassifier() {
    this(Identifiable$.MODULE$.randomUID("shuffleNetClassifier"));
  }

  /** What Spark ML loads it by. */
  public ShuffleNetClassifier(String uid) {
    this.uid = uid;
    inputCol = text("inputCol", "column of encoded images (binary), paths, or struct<bytes, path>");
    outputCol = text("outputCol", "column to add: a struct with prediction and error");
    model = text("model", "checkpoint or TorchScript module, a Hadoop path");
    modelSha256 = text("modelSha256", "SHA-256 that the model's file must have; empty: any");
    classNames = text("classNames", "text file, one name a line; empty: the model's own");
    preprocessing = text("preprocessing", "megvii or torchvision; empty: the model's own");
    precision = text("precision", "fp32, bf16, fp16 or auto");
    device = text("device", "auto (the GPU that Spark assigned, else the CPU), cpu or gpu");
    topK = new IntParam(this, "topK", "how many of the best classes are listed, at least 1");
    embedding = text("embedding", "pooled: also the vector that the last layer takes; none");
    setDefault(inputCol, "content");
    setDefault(outputCol, "classification");
    setDefault(modelSha256, "");
    setDefault(classNames, "");
    setDefault(preprocessing, "");
    setDefault(precision, "fp32");
    setDefault(device, "auto");
    setDefault(topK, 5);
    setDefault(embedding, "none");
  }

  private Param<String> text(String name, String explanation) {
    return new Param<>(this, name, explanation);
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> inputCol() {
    return inputCol;
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public Param<String> model() {
    return model;
  }

  public Param<String> modelSha256() {
    return modelSha256;
  }

  public Param<String> classNames() {
    return classNames;
  }

  public Param<String> preprocessing() {
    return preprocessing;
  }

  public Param<String> precision() {
    return precision;
  }

  public Param<String> device() {
    return device;
  }

  public IntParam topK() {
    return topK;
  }

  public Param<String> embedding() {
    return embedding;
  }

  public ShuffleNetClassifier setInputCol(String value) {
    return with(inputCol, value);
  }

  public ShuffleNetClassifier setOutputCol(String value) {
    return with(outputCol, value);
  }

  /** Also takes whatever the file holds now: a SHA-256 set or loaded before is forgotten. */
  public ShuffleNetClassifier setModel(String value) {
    clear(modelSha256);
    return with(model, value);
  }

  public ShuffleNetClassifier setModelSha256(String value) {
    return with(modelSha256, value);
  }

  public ShuffleNetClassifier setClassNames(String value) {
    return with(classNames, value);
  }

  public ShuffleNetClassifier setPreprocessing(String value) {
    return with(preprocessing, value);
  }

  public ShuffleNetClassifier setPrecision(String value) {
    return with(precision, value);
  }

  public ShuffleNetClassifier setDevice(String value) {
    return with(device, value);
  }

  public ShuffleNetClassifier setTopK(int value) {
    return with(topK, value);
  }

  public ShuffleNetClassifier setEmbedding(String value) {
    return with(embedding, value);
  }

  private <T> ShuffleNetClassifier with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  private ClassifierOptions options() {
    Map<String, String> options = new HashMap<>();
    options.put(ClassifierOptions.MODEL, isDefined(model) ? getOrDefault(model) : "");
    options.put(ClassifierOptions.MODEL_SHA256, getOrDefault(modelSha256));
    options.put(ClassifierOptions.CLASS_NAMES, getOrDefault(classNames));
    options.put(ClassifierOptions.PREPROCESSING, getOrDefault(preprocessing));
    options.put(ClassifierOptions.PRECISION, getOrDefault(precision));
    options.put(ClassifierOptions.DEVICE, getOrDefault(device));
    options.put(ClassifierOptions.TOP_K, String.valueOf(getOrDefault(topK)));
    options.put(ClassifierOptions.EMBEDDING, getOrDefault(embedding));
    return ClassifierOptions.of(options);
  }

  /**
   * @throws IllegalArgumentException if a parameter, the model or the column does not serve
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType unused = transformSchema(dataset.schema());
    return Classification.of(
        dataset.toDF(),
        getOrDefault(inputCol),
        getOrDefault(outputCol),
        OptionNames.inMessages(() -> options().settings(dataset.sparkSession())));
  }

  /**
   * @throws IllegalArgumentException if the column does not serve
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return Classification.schema(
        SparkSession.active(),
        schema,
        getOrDefault(inputCol),
        getOrDefault(outputCol),
        ClassifierOptions.embedding(getOrDefault(embedding)));
  }

  @Override
  public ShuffleNetClassifier copy(ParamMap extra) {
    ShuffleNetClassifier copy = defaultCopy(extra);
    if (extra.contains(model) && !extra.contains(modelSha256)) {
      copy.clear(copy.modelSha256);
    }
    return copy;
  }

  /** Reads the model, to write down its SHA-256. */
  @Override
  public MLWriter write() {
    ShuffleNetClassifier saved = copy(ParamMap.empty());
    saved.setModelSha256(OptionNames.inMessages(() -> options().sha256(SparkSession.active())));
    return saved.writer();
  }

  private MLWriter writer() {
    return DefaultParamsWritable.super.write();
  }

  /** For Spark ML, which asks for it by this name. */
  public static MLReader<ShuffleNetClassifier> read() {
    return new Reader().read();
  }

  /** What {@code write().save(path)} or {@code save(path)} wrote. */
  public static ShuffleNetClassifier load(String path) {
    return read().load(path);
  }

  private static final class Reader implements DefaultParamsReadable<ShuffleNetClassifier> {}
}
