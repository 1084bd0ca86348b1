package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleIT {
  private final SparkSession spark = LocalSpark.session();
  @TempDir Path folder;

  @Test
  void drawsTheSameImagesAgain() throws IOException {
    images("cats", 40);
    images("dogs", 40);

    List<String> sample = names(TestSettings.of(folder).limit(10).seed(7));

    assertThat(sample).hasSize(10).doesNotHaveDuplicates();
    assertThat(names(TestSettings.of(folder).limit(10).seed(7)))
        .containsExactlyInAnyOrderElementsOf(sample);
  }

  @Test
  void drawsOthersWithAnotherSeed() throws IOException {
    images("cats", 60);

    Set<String> sample = new HashSet<>(names(TestSettings.of(folder).limit(10).seed(1)));

    assertThat(new HashSet<>(names(TestSettings.of(folder).limit(10).seed(2))))
        .isNotEqualTo(sample);
  }

  @Test
  void listsFewFilesOfEachFolder() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      images(name, 100);
    }
    ImageInput input = open(TestSettings.of(folder).limit(4));

    Dataset<Row> rows = input.rows();

    assertThat(rows.count()).isEqualTo(4);
    assertThat(input.listed()).isLessThan(100);
  }

  @Test
  void drawsFromEveryClass() throws IOException {
    for (String name : List.of("a", "b", "c", "d")) {
      images(name, 50);
    }

    List<String> sample = names(TestSettings.of(folder).limit(40));

    assertThat(sample).extracting(name -> name.charAt(0)).contains('a', 'b', 'c', 'd');
  }

  @Test
  void fillsTheSampleFromOneLargeFolder() throws IOException {
    images("large", 200);
    for (int small = 0; small < 20; small++) {
      images("small" + small, 1);
    }

    assertThat(names(TestSettings.of(folder).limit(100))).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void takesAllWhereThereAreFewer() throws IOException {
    images("cats", 3);
    TestFiles.image(folder, "0.jpg");

    assertThat(names(TestSettings.of(folder).limit(1000)))
        .containsExactlyInAnyOrder("0.jpg", "cats/0.jpg", "cats/1.jpg", "cats/2.jpg");
  }

  @Test
  void drawsFromAWholeManifestHoweverItIsPartitioned() throws IOException {
    Path few = manifest("few.parquet", 1);
    Path many = manifest("many.parquet", 5);

    List<String> sample = names(TestSettings.of(few).limit(50));

    assertThat(sample).hasSize(50).anyMatch(name -> name.compareTo("0800.jpg") > 0);
    assertThat(names(TestSettings.of(many).limit(50))).containsExactlyInAnyOrderElementsOf(sample);
  }

  @Test
  void drawsFromATableOfBytes() throws IOException {
    Path table = folder.resolve("t.parquet");
    spark
        .range(300)
        .selectExpr("CAST(CAST(id AS STRING) AS BINARY) AS content", "id AS number")
        .repartition(3)
        .write()
        .parquet(table.toString());

    List<Row> sample = open(TestSettings.of(table).limit(30).keep("number")).rows().collectAsList();

    assertThat(sample).hasSize(30);
    assertThat(sample).extracting(row -> row.getLong(5)).doesNotHaveDuplicates();
  }

  @Test
  void doesNotDrawTooManyWhereRowsAreEqual() throws IOException {
    Path table = folder.resolve("t.parquet");
    spark.range(20).selectExpr("'same.jpg' AS path").write().parquet(table.toString());

    assertThat(names(TestSettings.of(table).limit(5))).hasSize(5);
  }

  private void images(String name, int number) throws IOException {
    for (int file = 0; file < number; file++) {
      TestFiles.image(folder, name + "/" + file + ".jpg");
    }
  }

  private Path manifest(String name, int partitions) {
    Path table = folder.resolve(name);
    spark
        .range(0, 1000, 1, partitions)
        .selectExpr("concat(lpad(id, 4, '0'), '.jpg') AS path")
        .write()
        .parquet(table.toString());
    return table;
  }

  private ImageInput open(TestSettings settings) throws IOException {
    return ImageInput.open(spark, settings.build(), TestSettings.MAX_BYTES, List.of());
  }

  private List<String> names(TestSettings settings) throws IOException {
    return open(settings).rows().select("relative_path").as(Encoders.STRING()).collectAsList();
  }
}
