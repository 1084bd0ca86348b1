package io.shufflenet.spark.inference;

import io.shufflenet.spark.image.ImageHeader;
import io.shufflenet.spark.results.PredictionSchema;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Builds the rows of {@link PredictionSchema}, column by column in its order. */
final class PredictionRows {
  /** The columns from {@code predicted} to {@code top_k}. */
  private static final int PREDICTION_COLUMNS = 8;

  private final InferenceSettings settings;
  private final int listed;

  PredictionRows(InferenceSettings settings) {
    this.settings = settings;
    this.listed = Math.min(settings.topK(), settings.scoredClasses());
  }

  /**
   * The row of an image that was classified.
   *
   * @param output logits, one for each class, and after them the embedding if that was asked for
   */
  Row predicted(Source source, ImageHeader header, float[] output) {
    int classes = settings.network().classes();
    float[] logits = Arrays.copyOf(output, classes);
    Ranking ranking = new Ranking(restricted(logits), settings.temperature());
    List<Object> row = start(source);
    int best = ranking.top(1).get(0);
    row.add(settings.className(best));
    row.add(best);
    row.add((float) ranking.probability(best));
    Integer label = source.labelIndex();
    requireScored(label);
    row.add(label == null ? null : (Float) (float) ranking.probability(label));
    row.add(label == null ? null : (Double) ranking.negativeLogLikelihood(label));
    row.add(label == null ? null : (Integer) ranking.rank(label));
    row.add(ranking.squaredProbability());
    row.add(best(ranking));
    end(row, source, header, null);
    if (settings.scores() == Scores.ALL_CLASSES) {
      row.add(ranking.probabilities());
    }
    if (settings.embedding() == Embedding.POOLED) {
      row.add(boxed(output, classes));
    }
    return RowFactory.create(row.toArray());
  }

  /**
   * The row of an image without a prediction; {@code header} is null where it could not be read.
   */
  Row failed(Source source, ImageHeader header, Failure failure) {
    List<Object> row = start(source);
    row.addAll(Collections.nCopies(PREDICTION_COLUMNS, null));
    end(row, source, header, failure.row());
    if (settings.scores() == Scores.ALL_CLASSES) {
      row.add(null);
    }
    if (settings.embedding() == Embedding.POOLED) {
      row.add(null);
    }
    return RowFactory.create(row.toArray());
  }

  private float[] restricted(float[] logits) {
    if (settings.restriction().isEmpty()) {
      return logits;
    }
    float[] kept = new float[logits.length];
    Arrays.fill(kept, Float.NEGATIVE_INFINITY);
    settings.restriction().forEach(index -> kept[index] = logits[index]);
    return kept;
  }

  private void requireScored(Integer label) {
    List<Integer> scored = settings.restriction();
    if (label != null && !scored.isEmpty() && Collections.binarySearch(scored, label) < 0) {
      throw new IllegalArgumentException(
          "Cannot score label_index %s: it is not one of the %s classes that predictions are limited"
                  .formatted(label, scored.size())
              + " to");
    }
  }

  private static List<Object> start(Source source) {
    List<Object> row = new ArrayList<>();
    row.add(source.path());
    row.add(source.relativePath());
    row.addAll(Arrays.asList(source.kept()));
    row.add(source.label());
    row.add(source.labelIndex());
    return row;
  }

  private static void end(List<Object> row, Source source, ImageHeader header, Row error) {
    row.add(header == null ? null : (Integer) header.width());
    row.add(header == null ? null : (Integer) header.height());
    row.add(header == null ? null : (Integer) header.orientation());
    row.add(source.length());
    row.add(source.version());
    row.add(error);
  }

  /** Those from an index on. */
  private static Float[] boxed(float[] values, int start) {
    Float[] boxed = new Float[values.length - start];
    Arrays.setAll(boxed, index -> values[start + index]);
    return boxed;
  }

  private Row[] best(Ranking ranking) {
    return ranking.top(listed).stream()
        .map(
            index ->
                RowFactory.create(
                    settings.className(index), index, (float) ranking.probability(index)))
        .toArray(Row[]::new);
  }
}
