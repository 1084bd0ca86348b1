package io.shufflenet.spark.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.shufflenet.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StagingIT {
  private static final int ROWS = 100;
  private static final long ONE_FILE = 1 << 20;
  private static final StructType SCHEMA =
      new StructType()
          .add(PredictionSchema.PATH, DataTypes.StringType)
          .add(PredictionSchema.RELATIVE_PATH, DataTypes.StringType)
          .add(PredictionSchema.LENGTH, DataTypes.LongType)
          .add(PredictionSchema.SQUARED_PROBABILITY, DataTypes.DoubleType);

  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path parent;

  @Test
  void publishesEveryRowOnceAndSortedWhateverTheBatches() throws IOException {
    Staging staging = new Staging(spark, folder(), 3);

    staging.stage(rows(10));
    List<String> published =
        staging.compact(Optional.empty(), ROWS, ONE_FILE).collectAsList().stream()
            .map(row -> row.getString(1))
            .toList();

    assertThat(published)
        .containsExactlyElementsOf(IntStream.range(0, ROWS).mapToObj(StagingIT::name).toList());
  }

  @Test
  void publishesSeveralFilesWhereOneWouldBeTooLarge() throws IOException {
    Staging staging = new Staging(spark, folder(), 3);

    staging.stage(rows(10));
    Dataset<Row> published = staging.compact(Optional.empty(), ROWS, 2000);

    assertThat(published.inputFiles().length).isGreaterThan(1);
    assertThat(published.count()).isEqualTo(ROWS);
  }

  @Test
  void refusesToPublishAnotherNumberOfRowsThanThereAreImages() throws IOException {
    Staging staging = new Staging(spark, folder(), 4);

    staging.stage(rows(10));

    assertThatThrownBy(() -> staging.compact(Optional.empty(), ROWS + 1, ONE_FILE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("100 rows for 101 images");
    assertThat(parent.resolve("out")).isDirectoryNotContaining("glob:**/predictions");
  }

  @Test
  void aTaskThatFailsForGoodFailsTheRunWithItsReason() throws IOException {
    Staging staging = new Staging(spark, folder(), 2);
    Dataset<Row> failing =
        rows(10)
            .map(
                (MapFunction<Row, Row>)
                    row -> {
                      throw new IllegalStateException("broken by the test");
                    },
                Encoders.row(SCHEMA));

    assertThatThrownBy(() -> staging.stage(failing))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot predict: Spark gave up on a task")
        .hasStackTraceContaining("broken by the test");
  }

  private RunFolder folder() throws IOException {
    RunFolder folder =
        Results.open(new Configuration(), parent.resolve("out"), "run-1", OutputMode.ERROR);
    folder.begin(new JsonObject());
    return folder;
  }

  private Dataset<Row> rows(int partitions) {
    List<Row> rows =
        IntStream.range(0, ROWS)
            .mapToObj(i -> RowFactory.create("file:/" + name(i), name(i), 1L, 0.5))
            .toList();
    return spark.createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  private static String name(int index) {
    return "%03d.jpg".formatted(index);
  }
}
