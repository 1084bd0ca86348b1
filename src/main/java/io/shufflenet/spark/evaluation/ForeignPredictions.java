package io.shufflenet.spark.evaluation;

import static io.shufflenet.spark.evaluation.PredictionColumn.LABEL;
import static io.shufflenet.spark.evaluation.PredictionColumn.LABEL_NLL;
import static io.shufflenet.spark.evaluation.PredictionColumn.LABEL_PROBABILITY;
import static io.shufflenet.spark.evaluation.PredictionColumn.LABEL_RANK;
import static io.shufflenet.spark.evaluation.PredictionColumn.PREDICTED;
import static io.shufflenet.spark.evaluation.PredictionColumn.PROBABILITY;
import static io.shufflenet.spark.evaluation.PredictionColumn.RELATIVE_PATH;
import static io.shufflenet.spark.evaluation.PredictionColumn.SCORES;
import static io.shufflenet.spark.evaluation.PredictionColumn.SQUARED_PROBABILITY;
import static io.shufflenet.spark.evaluation.PredictionColumn.TOP_K;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.shufflenet.spark.evaluation.ForeignClasses.Values;
import io.shufflenet.spark.results.PredictionSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Predictions in a table that another tool may have written. Needed are a prediction, or the
 * scores, and a label; what else is missing and does not follow from the scores is not measured.
 *
 * <p>A row without a prediction counts as a failure, as does one with an error, whatever it
 * predicts.
 */
public final class ForeignPredictions {
  private final Dataset<Row> table;
  private final ForeignColumns columns;

  private ForeignPredictions(Dataset<Row> table, ForeignColumns columns) {
    this.table = table;
    this.columns = columns;
  }

  /**
   * @param names of columns; where there is none or an empty one, a column of our own name and of a
   *     fitting type is taken
   * @throws IllegalArgumentException if a named column is missing or of a wrong type, or there is
   *     neither a prediction nor scores
   */
  public static ForeignPredictions in(Dataset<Row> table, Map<PredictionColumn, String> names) {
    ForeignColumns columns = ForeignColumns.of(table, names);
    if (!columns.has(PREDICTED) && !columns.has(SCORES)) {
      throw missing(PREDICTED, table);
    }
    return new ForeignPredictions(table, columns);
  }

  /**
   * @throws IllegalArgumentException if there is no label
   */
  public ForeignPredictions requireLabels() {
    if (!columns.has(LABEL)) {
      throw missing(LABEL, table);
    }
    return this;
  }

  private static IllegalArgumentException missing(PredictionColumn role, Dataset<Row> table) {
    return new IllegalArgumentException(
        "Cannot find a column %s: name it in %s; there are %s"
            .formatted(role.usual(), role.fullKey(), String.join(", ", table.columns())));
  }

  /**
   * Finds the classes in the whole table, and checks the rows; takes a few Spark jobs.
   *
   * @param rows the table's, or some of them, perhaps as {@link Slicing#mark} left them
   * @param classNames of all classes, in the order of their indices, where they are known
   * @throws IllegalArgumentException if a value cannot be meant
   */
  public PredictionSet read(Dataset<Row> rows, Optional<List<String>> classNames) {
    ForeignClasses classes =
        ForeignClasses.of(
            classNames,
            values("label", LABEL),
            values("prediction", PREDICTED, TOP_K),
            numberOfScores());
    new ForeignChecks(columns, classes.names().size()).require(rows);
    return new PredictionSet(
            Derivation.complete(normalised(rows, classes), classes.names().size()),
            classes.names(),
            List.of(classes.note()))
        .named();
  }

  /** The different values of those of the columns that are there. */
  private Values values(String what, PredictionColumn... roles) {
    List<PredictionColumn> known = Stream.of(roles).filter(columns::has).toList();
    Optional<Dataset<Row>> values = known.stream().map(this::values).reduce(Dataset::union);
    if (values.isEmpty()) {
      return new Values(what, List.of(), false);
    }
    List<String> different =
        values
            .get()
            .distinct()
            .limit(ForeignClasses.MOST_CLASSES + 1)
            .as(Encoders.STRING())
            .collectAsList();
    return new Values(what, different, known.stream().allMatch(columns::isOfIntegers));
  }

  private Dataset<Row> values(PredictionColumn role) {
    Column values = columns.isArray(role) ? explode(columns.classes(role)) : columns.text(role);
    return table.select(values.as("value")).where(col("value").isNotNull()).distinct();
  }

  private int numberOfScores() {
    if (!columns.has(SCORES)) {
      return 0;
    }
    Row longest = table.agg(max(size(columns.scores()))).collectAsList().get(0);
    return longest.isNullAt(0) ? 0 : Math.max(0, longest.getInt(0));
  }

  private Dataset<Row> normalised(Dataset<Row> rows, ForeignClasses classes) {
    List<Column> selected = new ArrayList<>();
    if (columns.has(RELATIVE_PATH)) {
      selected.add(columns.relativePath().as(PredictionSchema.RELATIVE_PATH));
    }
    addLabel(selected, classes.labels());
    if (columns.has(PREDICTED)) {
      selected.add(
          when(columns.isPredicted(), classes.predictions().apply(columns.text(PREDICTED)))
              .as(PredictionSchema.PREDICTED_INDEX));
    }
    for (PredictionColumn role :
        List.of(PROBABILITY, LABEL_PROBABILITY, LABEL_NLL, LABEL_RANK, SQUARED_PROBABILITY)) {
      if (columns.has(role)) {
        selected.add(columns.number(role).as(role.usual()));
      }
    }
    if (columns.has(TOP_K)) {
      Column ranked = transform(columns.classes(TOP_K), classes.predictions()::apply);
      selected.add(ranked.as(Derivation.RANKED));
    }
    if (columns.has(SCORES)) {
      selected.add(when(columns.isPredicted(), columns.scores()).as(PredictionSchema.SCORES));
    }
    selected.add(columns.error().as(PredictionSchema.ERROR));
    if (List.of(rows.columns()).contains(Slicing.SLICES)) {
      selected.add(ForeignColumns.slices());
    }
    return rows.select(selected.toArray(Column[]::new));
  }

  private void addLabel(List<Column> selected, ClassLookup lookup) {
    if (!columns.has(LABEL)) {
      selected.add(lit(null).cast(DataTypes.IntegerType).as(PredictionSchema.LABEL_INDEX));
    } else if (columns.isArray(LABEL)) {
      selected.add(transform(columns.classes(LABEL), lookup::apply).as(Reading.LABELS));
    } else {
      selected.add(lookup.apply(columns.text(LABEL)).as(PredictionSchema.LABEL_INDEX));
    }
  }
}
