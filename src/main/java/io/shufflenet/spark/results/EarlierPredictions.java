package io.shufflenet.spark.results;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * The predictions that a resumed run finds: those of the finished run, and the recorded batches of
 * runs that were interrupted.
 */
public final class EarlierPredictions {
  /** Which attempt a row is of; no column can be called so. */
  private static final String ATTEMPT = "attempt of an earlier run";

  /** The columns that an input's rows have too, but for the path and what the input keeps. */
  private static final Set<String> FROM_PREDICTIONS =
      Set.of(
          PredictionSchema.RELATIVE_PATH,
          PredictionSchema.LENGTH,
          PredictionSchema.VERSION,
          PredictionSchema.LABEL,
          PredictionSchema.LABEL_INDEX);

  private final Dataset<Row> rows;

  private EarlierPredictions(Dataset<Row> rows) {
    this.rows = rows;
  }

  /** Empty where a run with the folder's mode keeps nothing, or there is nothing. */
  public static Optional<EarlierPredictions> of(SparkSession spark, RunFolder folder)
      throws IOException {
    List<Dataset<Row>> parts = new ArrayList<>();
    folder
        .earlierPredictions()
        .ifPresent(
            path -> parts.add(spark.read().parquet(path.toString()).withColumn(ATTEMPT, lit(0))));
    for (Map.Entry<Integer, List<Path>> attempt : Staging.recorded(folder).entrySet()) {
      String[] batches = attempt.getValue().stream().map(Path::toString).toArray(String[]::new);
      parts.add(spark.read().parquet(batches).withColumn(ATTEMPT, lit(attempt.getKey())));
    }
    return parts.stream().reduce(Dataset::union).map(EarlierPredictions::new);
  }

  /**
   * The predictions that still hold: those of images that are listed as they were, with the same
   * relative path, length (where the listing knows it), version and label. The path and the input's
   * kept columns are the listing's.
   *
   * @param listing an input's rows without bytes, each relative path once
   * @return rows of {@link PredictionSchema}, at most one for each listed image
   */
  public Dataset<Row> of(Dataset<Row> listing, EarlierErrors errors) {
    Dataset<Row> listed = renamed(listing);
    Dataset<Row> usable =
        errors == EarlierErrors.RETRY ? rows.filter(col(PredictionSchema.ERROR).isNull()) : rows;
    Column same =
        usable
            .col(PredictionSchema.RELATIVE_PATH)
            .equalTo(listed.col(listed(PredictionSchema.RELATIVE_PATH)))
            .and(
                listed
                    .col(listed(PredictionSchema.LENGTH))
                    .isNull()
                    .or(
                        listed
                            .col(listed(PredictionSchema.LENGTH))
                            .equalTo(usable.col(PredictionSchema.LENGTH))));
    for (String name :
        List.of(PredictionSchema.VERSION, PredictionSchema.LABEL, PredictionSchema.LABEL_INDEX)) {
      same = same.and(usable.col(name).eqNullSafe(listed.col(listed(name))));
    }
    Dataset<Row> joined = usable.join(listed, same);
    Column latest =
        row_number()
            .over(
                Window.partitionBy(col(PredictionSchema.RELATIVE_PATH))
                    .orderBy(col(quoted(ATTEMPT)).desc()));
    return joined
        .withColumn(ATTEMPT, latest)
        .filter(col(quoted(ATTEMPT)).equalTo(1))
        .select(columns(listing));
  }

  private static Dataset<Row> renamed(Dataset<Row> listing) {
    return listing.select(
        Arrays.stream(listing.columns())
            .map(name -> listing.col(quoted(name)).as("listed " + name))
            .toArray(Column[]::new));
  }

  private Column[] columns(Dataset<Row> listing) {
    List<String> ofListing = Arrays.asList(listing.columns());
    return Arrays.stream(rows.columns())
        .filter(name -> !name.equals(ATTEMPT))
        .map(
            name ->
                ofListing.contains(name) && !FROM_PREDICTIONS.contains(name)
                    ? col(listed(name)).as(name)
                    : col(quoted(name)))
        .toArray(Column[]::new);
  }

  private static String listed(String name) {
    return quoted("listed " + name);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
