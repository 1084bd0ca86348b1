package io.shufflenet.spark.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.LocalSpark;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

final class SlicesIT {
  private static final List<String> NAMES =
      IntStream.range(0, 12).mapToObj(Integer::toString).toList();

  private final SparkSession spark = LocalSpark.session();

  /** Golden predictions, failed ones and unlabelled ones, in columns to slice by. */
  private final Dataset<Row> predictions =
      Golden.predictions(spark)
          .union(
              new PredictionTable()
                  .failed(1, "empty", "z")
                  .failed(null, "truncated", "y")
                  .unlabelled(5)
                  .rotated(6)
                  .in(spark))
          .withColumn("seed", expr("abs(hash(label_nll, label_index, predicted_index))"))
          .withColumn("camera", expr("element_at(array('a', null, 'd e'), seed % 3 + 1)"))
          .withColumn("night", expr("seed % 7 < 2"))
          .withColumn("year", expr("2020 + cast(seed % 5 % 3 as int)"))
          .cache();

  @Test
  void aSliceMeasuresAsItsRowsAlone() {
    Slicing slicing = new Slicing(List.of("camera", "night", "year"), 30);

    List<Slice> slices = Evaluation.of(slicing.mark(predictions), NAMES, slicing).slices();

    assertThat(slices).hasSize(3 + 2 + 3).allMatch(Slice::supported);
    for (Slice slice : slices) {
      if (slice.value() == null || List.of("d e", "true", "2022").contains(slice.value())) {
        Dataset<Row> rows =
            predictions.where(col(slice.column()).cast("string").eqNullSafe(slice.value()));
        assertThat(slice.summary())
            .as(slice.column() + " = " + slice.value())
            .isEqualTo(Evaluation.of(rows, NAMES).summary());
      }
    }
  }

  @Test
  void theWorstStandsFirstAndWhatHasTooFewImagesLast() {
    Dataset<Row> few =
        new PredictionTable()
            .predicted(0, 0, 0.5)
            .predicted(0, 1, 0.5)
            .predicted(1, 1, 0.5)
            .predicted(2, 2, 0.5)
            .predicted(3, 0, 0.5)
            .failed(4, "empty", "z")
            .in(spark)
            .withColumn(
                "kind", expr("case when label_index < 2 then 'mixed' else string(label_index) end"))
            .withColumn("one", expr("1"));
    Slicing slicing = new Slicing(List.of("one", "kind"), 2);

    List<Slice> slices = Evaluation.of(slicing.mark(few), NAMES, slicing).slices();

    assertThat(slices)
        .extracting(slice -> slice.column() + "=" + slice.value() + " " + slice.supported())
        .containsExactly(
            "one=1 true", "kind=mixed true", "kind=3 false", "kind=2 false", "kind=4 false");
  }

  @Test
  void ourOwnColumnServesToo() {
    Slicing slicing = new Slicing(List.of("orientation"), 1);

    assertThat(Evaluation.of(slicing.mark(predictions), NAMES, slicing).slices())
        .extracting(Slice::value)
        .containsExactly("1", "6", null);
  }

  @Test
  void refusesAColumnThatIsNotThere() {
    assertThatThrownBy(() -> new Slicing(List.of("kamera"), 1).mark(predictions))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot find column report.by = kamera: the table has path, ")
        .hasMessageEndingWith(", seed, camera, night, year");
  }

  @Test
  void refusesAColumnOfMoreThanSingleValues() {
    assertThatThrownBy(() -> new Slicing(List.of("top_k"), 1).mark(predictions))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot slice by report.by = top_k: its type is array<");
  }

  @Test
  void refusesAColumnOfMoreThanAThousandValues() {
    Slicing slicing = new Slicing(List.of("id"), 1);

    slicing.requireFewValues(spark.range(1000).toDF());

    assertThatThrownBy(() -> slicing.requireFewValues(spark.range(1001).toDF()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot slice by report.by = id: the column has more than 1,000 different values");
  }
}
