package io.shufflenet.spark.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.transform;

import io.shufflenet.spark.evaluation.ForeignClasses.Values;
import io.shufflenet.spark.results.PredictionSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A second table of labels, which replace those of the predictions, image by image. A label is a
 * class, or an array of all that are right (as in Beyer et al. 2020, "Are we done with ImageNet?").
 * An image that is not in the table, or whose array is empty, has no label.
 */
public final class OtherLabels {
  private static final String PATH_KEY = "labels.columns.relative-path";
  private static final String LABEL_KEY = "labels.columns.label";
  private static final String PATH = "path of other label";
  private static final String LABEL = "other label";
  private static final String FOUND = "has other label";

  /** What follows from the label. */
  private static final String[] FOLLOWING = {
    PredictionSchema.LABEL,
    PredictionSchema.LABEL_INDEX,
    PredictionSchema.LABEL_PROBABILITY,
    PredictionSchema.LABEL_NLL,
    PredictionSchema.LABEL_RANK,
    Reading.LABELS
  };

  private final String name;
  private final TableColumn label;
  private final Dataset<Row> labels;

  private OtherLabels(String name, TableColumn label, Dataset<Row> labels) {
    this.name = name;
    this.label = label;
    this.labels = labels;
  }

  /**
   * @param name of the table, for a person
   * @param relativePath the column with the images' names; empty: {@code relative_path}
   * @param label the column with their labels; empty: {@code label}
   * @throws IllegalArgumentException if a column is missing or of a wrong type, or an image stands
   *     in the table twice
   */
  public static OtherLabels in(Dataset<Row> table, String name, String relativePath, String label) {
    TableColumn path =
        TableColumn.require(
            table,
            PATH_KEY,
            relativePath.isEmpty() ? PredictionSchema.RELATIVE_PATH : relativePath,
            ColumnKind.TEXT);
    TableColumn found =
        TableColumn.require(
            table,
            LABEL_KEY,
            label.isEmpty() ? PredictionSchema.LABEL : label,
            ColumnKind.CLASS_OR_CLASSES);
    Column value =
        found.type() instanceof ArrayType
            ? ForeignColumns.classes(found)
            : nullif(found.column().cast(DataTypes.StringType), lit(""));
    Dataset<Row> labels =
        table
            .select(path.column().as(PATH), value.as(LABEL))
            .where(col("`" + PATH + "`").isNotNull());
    requireUnique(labels, PATH, "labels.path = " + name);
    return new OtherLabels(name, found, labels);
  }

  /**
   * The predictions with these labels. Takes a few Spark jobs.
   *
   * @throws IllegalArgumentException if the predictions have no relative paths, or one twice; if a
   *     label is none of the classes; if no image has one
   */
  public PredictionSet replace(PredictionSet predictions) {
    Dataset<Row> rows = predictions.rows();
    if (!Arrays.asList(rows.columns()).contains(PredictionSchema.RELATIVE_PATH)) {
      throw new IllegalArgumentException(
          "Cannot join labels.path = %s: the predictions have no relative paths; name their column"
                  .formatted(name)
              + " in "
              + PredictionColumn.RELATIVE_PATH.fullKey());
    }
    requireUnique(rows, PredictionSchema.RELATIVE_PATH, "the predictions");
    ClassLookup lookup = ForeignClasses.lookup(predictions.classNames(), values());
    Column index =
        isOfArrays()
            ? transform(col("`" + LABEL + "`"), lookup::apply)
            : lookup.apply(col("`" + LABEL + "`"));
    Dataset<Row> indexed =
        labels.select(
            col("`" + PATH + "`"),
            lit(true).as(FOUND),
            index.as(isOfArrays() ? Reading.LABELS : PredictionSchema.LABEL_INDEX));
    Dataset<Row> joined =
        rows.drop(FOLLOWING)
            .join(
                indexed,
                rows.col(PredictionSchema.RELATIVE_PATH).equalTo(indexed.col("`" + PATH + "`")),
                "left")
            .drop(PATH);
    String note = matched(joined);
    Dataset<Row> complete =
        Derivation.complete(joined.drop(FOUND), predictions.classNames().size());
    String notes =
        note + " They are taken as " + ForeignClasses.taken(lookup) + "." + unknown(complete);
    return predictions.with(complete, List.of(notes)).named();
  }

  /** What these labels cannot tell for want of the probabilities of all classes. */
  private static String unknown(Dataset<Row> complete) {
    return Arrays.asList(complete.columns()).contains(PredictionSchema.SCORES)
        ? ""
        : " Without scores (output.scores = true) their probabilities are not known: no"
            + " log-likelihood, no Brier score, no suspected label errors.";
  }

  private boolean isOfArrays() {
    return label.type() instanceof ArrayType;
  }

  private Values values() {
    Column values = col("`" + LABEL + "`");
    DataType type = label.type() instanceof ArrayType of ? of.elementType() : label.type();
    List<String> different =
        labels
            .select((isOfArrays() ? explode(values) : values).as("value"))
            .where(col("value").isNotNull())
            .distinct()
            .limit(ForeignClasses.MOST_CLASSES + 1)
            .as(Encoders.STRING())
            .collectAsList();
    return new Values("label", different, ColumnKind.isInteger(type));
  }

  /** Tells how many images have another label. */
  private String matched(Dataset<Row> joined) {
    Row counts = joined.agg(count(lit(1)), count_if(col("`" + FOUND + "`"))).collectAsList().get(0);
    long images = counts.getLong(0);
    long labelled = counts.getLong(1);
    if (labelled == 0) {
      throw new IllegalArgumentException(
          "Cannot use labels.path = %s: none of its images is among the predictions; '%s' is one, and"
                  .formatted(name, first(labels, PATH))
              + " a prediction is of '%s'"
                  .formatted(first(joined, PredictionSchema.RELATIVE_PATH)));
    }
    return String.format(
        Locale.ROOT,
        "Other labels from %s: %,d of %,d images are in it; %,d of its rows are of no image.",
        name,
        labelled,
        images,
        labels.count() - labelled);
  }

  private static String first(Dataset<Row> rows, String column) {
    List<Row> first = rows.select(col("`" + column + "`")).takeAsList(1);
    return first.isEmpty() ? "" : String.valueOf(first.get(0).get(0));
  }

  private static void requireUnique(Dataset<Row> rows, String column, String what) {
    Column path = col("`" + column + "`");
    List<Row> twice =
        rows.where(path.isNotNull())
            .groupBy(path)
            .agg(count(lit(1)).as("times"))
            .where(col("times").gt(1))
            .orderBy(path)
            .takeAsList(1);
    if (!twice.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot join labels by relative path: '%s' stands in %s %,d times"
              .formatted(twice.get(0).getString(0), what, twice.get(0).getLong(1)));
    }
  }
}
