package io.shufflenet.spark.evaluation;

import static io.shufflenet.spark.results.PredictionSchema.PROBABILITY;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The evaluated images that tell most about a network at a glance.
 *
 * @param mistakes those that it was surest of, the surest first
 * @param hits those that it was least sure of, the least sure first
 */
public record NotableImages(List<NotableImage> mistakes, List<NotableImage> hits) {
  /** Of predictions that do not tell how sure the network was. */
  public static final NotableImages NONE = new NotableImages(List.of(), List.of());

  public NotableImages {
    mistakes = List.copyOf(mistakes);
    hits = List.copyOf(hits);
  }

  /**
   * Looks for them with Spark, which holds no more than the images asked for.
   *
   * @param predictions columns of {@link io.shufflenet.spark.results.PredictionSchema}
   * @param most how many of each there may be
   */
  public static NotableImages of(Dataset<Row> predictions, int most) {
    Reading reading = Reading.of(predictions);
    if (!reading.tells(Fact.CONFIDENCE) || most == 0) {
      return NONE;
    }
    Dataset<Row> evaluated = predictions.where(reading.isEvaluated());
    Column surest = col(PROBABILITY).desc();
    return new NotableImages(
        first(evaluated.where(not(reading.isCorrect())), surest, most),
        first(evaluated.where(reading.isCorrect()), col(PROBABILITY).asc(), most));
  }

  private static List<NotableImage> first(Dataset<Row> images, Column order, int most) {
    NotableColumns columns = new NotableColumns(images);
    Column[] names = columns.names();
    return images
        .orderBy(order, names[0], names[1])
        .limit(most)
        .select(columns.image())
        .collectAsList()
        .stream()
        .map(NotableColumns::read)
        .toList();
  }
}
