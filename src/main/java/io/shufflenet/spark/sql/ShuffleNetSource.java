package io.shufflenet.spark.sql;

import io.shufflenet.spark.dataset.InputColumns;
import io.shufflenet.spark.dataset.InputSettings;
import io.shufflenet.spark.dataset.TruthSettings;
import io.shufflenet.spark.inference.ClassifierOptions;
import io.shufflenet.spark.inference.OptionNames;
import io.shufflenet.spark.inference.PredictedInput;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.sources.RelationProvider;

/**
 * The data source {@code shufflenet}: the predictions of a folder of images, of tar files or of a
 * table, as the command predict makes them. Besides the {@linkplain ClassifierOptions#NAMES
 * classifier's options} it takes {@code path}, {@code format} (as {@code input.format}) and {@code
 * keep}: columns of a table to carry along, separated by commas.
 */
public final class ShuffleNetSource implements DataSourceRegister, RelationProvider {
  private static final String PATH = "path";
  private static final String FORMAT = "format";
  private static final String KEEP = "keep";
  private static final List<String> NAMES =
      Stream.concat(ClassifierOptions.NAMES.stream(), Stream.of(PATH, FORMAT, KEEP)).toList();

  @Override
  public String shortName() {
    return "shufflenet";
  }

  /**
   * @throws IllegalArgumentException if an option is not known, or options or input do not serve
   */
  @Override
  public BaseRelation createRelation(
      SQLContext context, scala.collection.immutable.Map<String, String> parameters) {
    Map<String, String> options = ClassifierOptions.named(Options.of(parameters), NAMES);
    SparkSession spark = context.sparkSession();
    return new PredictedRelation(
        context,
        OptionNames.inMessages(
            () -> PredictedInput.open(spark, input(options), ClassifierOptions.of(options))));
  }

  private static InputSettings input(Map<String, String> options) {
    if (!options.containsKey(PATH)) {
      throw new IllegalArgumentException(
          "Cannot read images: load(PATH), or the option path, names one folder or one table");
    }
    List<String> keep =
        Arrays.stream(options.getOrDefault(KEEP, "").split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    return new InputSettings(
        options.get(PATH),
        options.getOrDefault(FORMAT, "auto"),
        InputColumns.USUAL,
        "",
        keep,
        List.of(),
        TruthSettings.NONE,
        0,
        0);
  }
}
