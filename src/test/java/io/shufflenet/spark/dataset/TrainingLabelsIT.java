package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.shufflenet.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingLabelsIT {
  private static final Optional<ClassNames> NO_FILE = Optional.empty();
  private static final List<String> NO_NAMES = List.of();

  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;

  @Test
  void theSortedFoldersAreTheClasses() throws IOException {
    ImageInput input = folders("b", "a", "B");

    Labels labels = Labels.ofTrainingSet(input, NO_FILE, NO_NAMES);

    assertThat(labels.names()).containsExactly("B", "a", "b");
    assertThat(labels.classes()).isEqualTo(3);
    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("B=0", "a=1", "b=2");
  }

  @Test
  void theNamesOfAFileAreTheClassesThoughSomeHaveNoImages() throws IOException {
    ImageInput input = folders("dog", "emu");
    Path file = TestFiles.text(folder, ".names.txt", "emu\ncat\ndog\n");
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();

    Labels labels =
        Labels.ofTrainingSet(
            input, Optional.of(file.toString()), List.of("dog", "emu", "fox"), hadoop);

    assertThat(labels.names()).containsExactly("emu", "cat", "dog");
    assertThat(labels.classes()).isEqualTo(3);
    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("dog=2", "emu=0");
  }

  @Test
  void aTrainedModelKeepsItsClassesWhereTheyHaveAllLabels() throws IOException {
    ImageInput input = table("VALUES ('dog'), ('cat')");

    Labels labels = Labels.ofTrainingSet(input, NO_FILE, List.of("emu", "dog", "cat"));

    assertThat(labels.names()).containsExactly("emu", "dog", "cat");
    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("dog=1", "cat=2");
  }

  @Test
  void aTrainedModelGetsOtherClassesWhereItLacksALabel() throws IOException {
    ImageInput input = folders("cat", "dog");

    Labels labels = Labels.ofTrainingSet(input, NO_FILE, List.of("emu", "dog", "fox"));

    assertThat(labels.names()).containsExactly("cat", "dog");
  }

  @Test
  void integerFoldersAreIndicesAndTheLargestCounts() throws IOException {
    ImageInput input = folders("2", "10");

    Labels labels = Labels.ofTrainingSet(input, NO_FILE, NO_NAMES);

    assertThat(labels.classes()).isEqualTo(11);
    assertThat(labels.names()).isEmpty();
    assertThat(labels.note()).hasValueSatisfying(note -> assertThat(note).contains("indices"));
    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("2=2", "10=10");
  }

  @Test
  void anIntegerColumnHasIndicesWhateverAModelCallsItsClasses() throws IOException {
    ImageInput input = table("VALUES (1L), (NULL), (0L)");

    Labels labels = Labels.ofTrainingSet(input, NO_FILE, List.of("1", "0", "2"));

    assertThat(labels.classes()).isEqualTo(2);
    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("1=1", "null=null", "0=0");
  }

  @Test
  void namesOfAFileNumberTheClassesOfIndices() throws IOException {
    ImageInput input = table("VALUES (1L), (0L)");

    Labels labels = Labels.ofTrainingSet(input, names("cat", "dog", "emu"), NO_NAMES);

    assertThat(labels.classes()).isEqualTo(3);
    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("dog=1", "cat=0");
  }

  @Test
  void refusesIndicesThatCannotBeClasses() throws IOException {
    String reason =
        ": it is not an index of a class, 0 to 99999 (an image without a label has null)";

    assertRefused(
        table("VALUES (0), (-1)"), NO_FILE, "Cannot use label '-1' (file:/x/-1.jpg)" + reason);
    assertRefused(table("VALUES (0), (100000)"), NO_FILE, "'100000' (file:/x/100000.jpg)" + reason);
    assertRefused(table("VALUES (0L), (9223372036854775807L)"), NO_FILE, "'9223372036854775807' (");
  }

  @Test
  void refusesLabelsThatTheFileDoesNotName() throws IOException {
    assertRefused(
        folders("cat", "wolf"),
        names("cat", "dog"),
        "Cannot use label 'wolf' (file:%s/wolf): it is not one of the 2 class names of names.txt"
            .formatted(folder));
    assertRefused(
        table("VALUES (0), (2)"),
        names("cat", "dog"),
        "Cannot use label '2' (file:/x/2.jpg): it is not an index of the model's 2 classes");
  }

  @Test
  void refusesAnInputWithoutLabels() throws IOException {
    TestFiles.image(folder, "1.jpg");

    assertRefused(open(folder), NO_FILE, "Cannot train on image folder file:%s".formatted(folder));
    assertRefused(
        table("VALUES (CAST(NULL AS STRING))"),
        NO_FILE,
        "it has no labels; name their column in input.columns.label");
  }

  @Test
  void refusesASingleClass() throws IOException {
    String reason = "there is one class, and training takes at least 2";

    assertRefused(folders("cat"), NO_FILE, reason);
    assertRefused(table("VALUES (0)"), NO_FILE, reason);
  }

  @Test
  void refusesABlankLabel() throws IOException {
    assertRefused(
        table("VALUES ('_'), (' ')"),
        NO_FILE,
        "Cannot use label ' ' (file:/x/ .jpg): it is blank, and no name of a class");
  }

  private static void assertRefused(ImageInput input, Optional<ClassNames> given, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Labels.ofTrainingSet(input, given, NO_NAMES))
        .withMessageContaining("%s", message);
  }

  private static Optional<ClassNames> names(String... names) {
    return Optional.of(new ClassNames(List.of(names), "names.txt"));
  }

  private ImageInput folders(String... names) throws IOException {
    for (String name : names) {
      TestFiles.image(folder, name + "/1.jpg");
    }
    return open(folder);
  }

  private ImageInput table(String labels) throws IOException {
    Path table = Files.createTempDirectory(folder, "table").resolve("t.parquet");
    spark
        .sql("SELECT concat('/x/', label, '.jpg') AS path, label FROM " + labels + " t(label)")
        .write()
        .parquet(table.toString());
    return open(table);
  }

  private ImageInput open(Path path) throws IOException {
    return ImageInput.open(spark, TestSettings.of(path).build(), TestSettings.MAX_BYTES, List.of());
  }

  private static List<String> indexed(Labels labels, ImageInput input) {
    return labels.index(input.rows()).select("label", "label_index").collectAsList().stream()
        .map(row -> row.get(0) + "=" + row.get(1))
        .toList();
  }
}
