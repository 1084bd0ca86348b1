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

class LabelsIT {
  private static final Optional<ClassNames> NO_NAMES = Optional.empty();

  private final SparkSession spark = LocalSpark.session();
  @TempDir Path folder;

  @Test
  void countsFolderNamesInCodePointOrder() throws IOException {
    ImageInput input = folders("b", "a", "B", "\uff21", "\ud83d\ude00");

    Labels labels = Labels.resolve(input, NO_NAMES, 5, LabelPolicy.CHECKED);

    assertThat(labels.names()).containsExactly("B", "a", "b", "\uff21", "\ud83d\ude00");
    assertThat(indexed(labels, input)).contains("B=0", "a=1", "b=2", "\uff21=3", "\ud83d\ude00=4");
    assertThat(labels.note()).isEmpty();
  }

  @Test
  void givesTheFilesUnderTheRootNoIndex() throws IOException {
    TestFiles.image(folder, "1.jpg");
    ImageInput input = folders("cats", "dogs");

    Labels labels = Labels.resolve(input, NO_NAMES, 2, LabelPolicy.CHECKED);

    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("null=null", "cats=0", "dogs=1");
  }

  @Test
  void putsTheIndexBehindTheLabel() throws IOException {
    ImageInput input = folders("cats");

    Labels labels = Labels.resolve(input, NO_NAMES, 1, LabelPolicy.CHECKED);

    assertThat(labels.index(input.rows()).columns())
        .containsExactly("path", "relative_path", "length", "version", "label", "label_index");
  }

  @Test
  void takesIntegerFolderNamesForIndicesAndSaysSo() throws IOException {
    ImageInput input = folders("0", "10", "2");

    Labels labels = Labels.resolve(input, NO_NAMES, 11, LabelPolicy.CHECKED);

    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("0=0", "10=10", "2=2");
    assertThat(labels.names()).isEmpty();
    assertThat(labels.note())
        .hasValue("The labels are all integers and are taken as class indices: 10 comes after 2.");
  }

  @Test
  void namesTheClassesOfIntegerFolderNames() throws IOException {
    ImageInput input = folders("0", "2");

    Labels labels = Labels.resolve(input, names("cat", "dog", "emu"), 3, LabelPolicy.CHECKED);

    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("cat=0", "emu=2");
    assertThat(labels.names()).containsExactly("cat", "dog", "emu");
  }

  @Test
  void takesIntegersThatAreNamesOfClassesForNames() throws IOException {
    ImageInput input = folders("10", "2");

    Labels labels = Labels.resolve(input, names("0", "10", "2"), 3, LabelPolicy.CHECKED);

    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("10=1", "2=2");
    assertThat(labels.note()).isEmpty();
  }

  @Test
  void namesTheClassesOfFoldersThatAreCalledByWordNetIds() throws IOException {
    ImageInput input = folders("n01443537", "n02100735");

    Labels labels = Labels.resolve(input, synsets(), 3, LabelPolicy.CHECKED);

    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("goldfish=1", "English setter=2");
    assertThat(labels.names()).containsExactly("tench", "goldfish", "English setter");
  }

  @Test
  void namesTheClassesOfImageNetV2sFolders() throws IOException {
    ImageInput input = folders("0", "1", "2");

    Labels labels = Labels.resolve(input, synsets(), 3, LabelPolicy.CHECKED);

    assertThat(indexed(labels, input))
        .containsExactlyInAnyOrder("tench=0", "goldfish=1", "English setter=2");
    assertThat(labels.note())
        .hasValue("The labels are all integers and are taken as class indices: 10 comes after 2.");
  }

  @Test
  void acceptsSomeOfTheNamedClasses() throws IOException {
    ImageInput input = folders("emu");

    Labels labels = Labels.resolve(input, names("cat", "dog", "emu"), 3, LabelPolicy.CHECKED);

    assertThat(indexed(labels, input)).containsExactly("emu=2");
  }

  @Test
  void namesTheClassesOfAnIntegerColumn() throws IOException {
    ImageInput input = table("VALUES (1L), (0L), (NULL)");

    Labels labels = Labels.resolve(input, names("cat", "dog"), 2, LabelPolicy.CHECKED);

    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("dog=1", "cat=0", "null=null");
  }

  @Test
  void takesAStringColumnAsItTakesFolders() throws IOException {
    ImageInput input = table("VALUES ('dog'), ('cat'), ('dog')");

    Labels labels = Labels.resolve(input, NO_NAMES, 2, LabelPolicy.CHECKED);

    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("dog=1", "cat=0", "dog=1");
  }

  @Test
  void refusesOtherNumbersOfFoldersThanClasses() throws IOException {
    ImageInput input = folders("cats", "dogs");

    assertRefused(
        input,
        NO_NAMES,
        3,
        "Cannot match labels with classes: there are 2 labels ('cats', 'dogs') and the model has 3"
            + " classes; name a file of class names in model.class-names");
  }

  @Test
  void refusesOtherNumbersOfNamesThanClassesEvenToPredict() throws IOException {
    ImageInput input = folders("cat");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Labels.resolve(input, names("cat", "dog"), 3, LabelPolicy.LENIENT))
        .withMessage(
            "Cannot use class names names.txt: there are 2 names, and the model has 3 classes");
  }

  @Test
  void refusesALabelThatIsNoClassAndNamesTheLikeliest() throws IOException {
    ImageInput input = folders("Tabby_Cat", "wolf", "dog");

    assertRefused(
        input,
        names("tabby cat", "dog"),
        2,
        ("Cannot use label 'Tabby_Cat' (file:%s/Tabby_Cat): it is not one of the 2 class names of"
                + " names.txt (is it 'tabby cat'?); 1 more are not: 'wolf'")
            .formatted(folder));
  }

  @Test
  void refusesAnIndexOutsideTheClasses() throws IOException {
    assertRefused(
        table("VALUES (0), (3)"),
        NO_NAMES,
        3,
        "Cannot use label '3' (file:/x/3.jpg): it is not an index of the model's 3 classes, 0 to"
            + " 2");
    assertRefused(table("VALUES (1), (3)"), NO_NAMES, 3, "(do the labels count from 1?)");
    assertRefused(table("VALUES (-1)"), NO_NAMES, 3, "(an image without a label has null)");
  }

  @Test
  void refusesToCheckAnInputWithoutLabels() throws IOException {
    TestFiles.image(folder, "1.jpg");

    assertRefused(
        open(TestSettings.of(folder)),
        NO_NAMES,
        3,
        "it has no labels; name their column in input.columns.label (predict needs none)");
    assertRefused(table("VALUES (CAST(NULL AS STRING))"), NO_NAMES, 3, "it has no labels");
  }

  @Test
  void keepsLabelsThatAreNoClassesToPredict() throws IOException {
    ImageInput input = folders("cat", "wolf");

    Labels labels = Labels.resolve(input, names("cat", "dog"), 2, LabelPolicy.LENIENT);

    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("cat=0", "wolf=null");
  }

  @Test
  void predictsIndicesWhereNobodyNamesTheClasses() throws IOException {
    ImageInput input = folders("cat", "wolf");

    Labels labels = Labels.resolve(input, NO_NAMES, 1000, LabelPolicy.LENIENT);

    assertThat(indexed(labels, input)).containsExactlyInAnyOrder("cat=null", "wolf=null");
    assertThat(labels.names()).isEmpty();
    assertThat(labels.note())
        .hasValue(
            "The labels are kept but not matched: there are 2, and the model has 1000 classes.");
  }

  @Test
  void keepsIntegersOutsideTheClassesToPredict() throws IOException {
    ImageInput input = table("VALUES (1L), (-1L), (9000000000L)");

    Labels labels = Labels.resolve(input, names("cat", "dog"), 2, LabelPolicy.LENIENT);

    assertThat(indexed(labels, input))
        .containsExactlyInAnyOrder("dog=1", "-1=null", "9000000000=null");
  }

  @Test
  void predictsWithoutLabels() throws IOException {
    TestFiles.image(folder, "1.jpg");
    ImageInput input = open(TestSettings.of(folder));

    Labels labels = Labels.resolve(input, names("cat"), 1, LabelPolicy.LENIENT);

    assertThat(indexed(labels, input)).containsExactly("null=null");
    assertThat(labels.names()).containsExactly("cat");
  }

  @Test
  void readsTheNamesFromAFile() throws IOException {
    ImageInput input = folders("emu");
    Path file = TestFiles.text(folder, ".names.txt", "cat\nemu\n");
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();

    Labels labels =
        Labels.resolve(
            input,
            Optional.of(file.toString()),
            List.of("emu", "dog"),
            hadoop,
            2,
            LabelPolicy.CHECKED);

    assertThat(indexed(labels, input)).containsExactly("emu=1");
  }

  @Test
  void takesTheModelsOwnNamesWithoutAFile() throws IOException {
    ImageInput input = folders("emu");

    Labels labels = resolveOwn(input, LabelPolicy.CHECKED);

    assertThat(indexed(labels, input)).containsExactly("emu=1");
    assertThat(labels.names()).containsExactly("dog", "emu");
    assertThat(labels.classes()).isEqualTo(2);
  }

  @Test
  void refusesALabelThatTheModelDoesNotName() throws IOException {
    ImageInput input = folders("emu", "wolf");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> resolveOwn(input, LabelPolicy.CHECKED))
        .withMessage(
            "Cannot use label 'wolf' (file:%s/wolf): it is not one of the 2 class names of the"
                + " model",
            folder);
  }

  private Labels resolveOwn(ImageInput input, LabelPolicy policy) throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    return Labels.resolve(input, Optional.empty(), List.of("dog", "emu"), hadoop, 2, policy);
  }

  private static void assertRefused(
      ImageInput input, Optional<ClassNames> names, int classes, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Labels.resolve(input, names, classes, LabelPolicy.CHECKED))
        .withMessageContaining("%s", message);
  }

  private static Optional<ClassNames> names(String... names) {
    return Optional.of(new ClassNames(List.of(names), "names.txt"));
  }

  private static Optional<ClassNames> synsets() {
    return Optional.of(
        new ClassNames(
            List.of("tench", "goldfish", "English setter"),
            List.of("n01440764", "n01443537", "n02100735"),
            "words.txt"));
  }

  private ImageInput folders(String... names) throws IOException {
    for (String name : names) {
      TestFiles.image(folder, name + "/1.jpg");
    }
    return open(TestSettings.of(folder));
  }

  private ImageInput table(String labels) throws IOException {
    Path table = Files.createTempDirectory(folder, "table").resolve("t.parquet");
    spark
        .sql("SELECT concat('/x/', label, '.jpg') AS path, label FROM " + labels + " t(label)")
        .write()
        .parquet(table.toString());
    return open(TestSettings.of(table));
  }

  private ImageInput open(TestSettings settings) throws IOException {
    return ImageInput.open(spark, settings.build(), TestSettings.MAX_BYTES, List.of());
  }

  private static List<String> indexed(Labels labels, ImageInput input) {
    return labels.index(input.rows()).select("label", "label_index").collectAsList().stream()
        .map(row -> row.get(0) + "=" + row.get(1))
        .toList();
  }
}
