package io.shufflenet.spark.sql;

import io.shufflenet.spark.inference.ClassifierOptions;
import io.shufflenet.spark.inference.ImageFunction;
import io.shufflenet.spark.inference.OptionNames;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A catalog with one function, {@code classify(images)}. Its options are the {@linkplain
 * ClassifierOptions#NAMES classifier's}.
 */
public final class ShuffleNetCatalog implements FunctionCatalog {
  private String name;
  private ClassifierOptions options;
  private ImageFunction images;

  /**
   * @throws IllegalArgumentException if an option is not known or cannot be meant
   */
  @Override
  public void initialize(String catalog, CaseInsensitiveStringMap given) {
    name = catalog;
    options = OptionNames.inMessages(() -> Options.ofCatalog(catalog, given));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) {
    return new Identifier[] {Identifier.of(new String[0], ClassifyFunction.NAME)};
  }

  @Override
  public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
    if (identifier.namespace().length > 0
        || !identifier.name().equalsIgnoreCase(ClassifyFunction.NAME)) {
      throw new NoSuchFunctionException(identifier);
    }
    return new ClassifyFunction(this::images);
  }

  /** The model is read and its weights broadcast at the first call, for the whole session. */
  private synchronized ImageFunction images() {
    if (images == null) {
      SparkSession spark = SparkSession.active();
      images = ImageFunction.of(spark, OptionNames.inMessages(() -> options.settings(spark)));
    }
    return images;
  }
}
