package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.shufflenet.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassRestrictionIT {
  private static final ClassNames ANIMALS =
      new ClassNames(
          List.of("tench", "goldfish", "setter", "kit fox"),
          List.of("n01440764", "n01443537", "n02100735", "n02119789"),
          "words.txt");

  private final SparkSession spark = LocalSpark.session();
  @TempDir Path folder;

  @Test
  void theClassesOfTheLabelsAreKept() throws IOException {
    ImageInput input = folders("n02119789", "n01440764");

    assertThat(restricted(input, "labels", LabelPolicy.CHECKED).restriction())
        .containsExactly(0, 3);
  }

  @Test
  void theClassesOfATablesIndicesAreKept() throws IOException {
    ImageInput input = table("VALUES (3), (1), (NULL), (3)");

    assertThat(restricted(input, "labels", LabelPolicy.LENIENT).restriction())
        .containsExactly(1, 3);
  }

  @Test
  void aFileNamesClassesAsLabelsDo() throws IOException {
    ImageInput input = folders("goldfish");

    for (String lines : List.of("setter\ngoldfish\n", "n02100735\ngoldfish\n", "2\n1\n")) {
      assertThat(restricted(input, file(lines), LabelPolicy.CHECKED).restriction())
          .as(lines)
          .containsExactly(1, 2);
    }
  }

  @Test
  void aLabelOutsideIsRefusedWhereLabelsAreChecked() throws IOException {
    ImageInput input = folders("setter", "tench");
    String file = file("tench\ngoldfish\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> restricted(input, file, LabelPolicy.CHECKED))
        .withMessage(
            "Cannot use label 'setter' (file:%s/images/setter): it is not one of the 2 classes of"
                + " classes.restrict = %s",
            folder, file);
  }

  @Test
  void aLabelOutsideIsKeptWithoutAnIndexToPredict() throws IOException {
    ImageInput input = folders("n02100735", "tench");

    Labels labels = restricted(input, file("tench\ngoldfish\n"), LabelPolicy.LENIENT);

    assertThat(labels.index(input.rows()).select("label", "label_index").collectAsList())
        .extracting(row -> row.get(0) + "=" + row.get(1))
        .containsExactlyInAnyOrder("setter=null", "tench=0");
  }

  @Test
  void aLineThatIsNoClassIsRefused() throws IOException {
    ImageInput input = folders("tench");

    assertRefused(
        input,
        "tench\nwolf\n",
        "line 2 is 'wolf', and not one of the names of the model's 4 classes");
    assertRefused(
        input, "3\n4\n", "line 2 is '4', and not an index of the model's 4 classes, from 0");
    assertRefused(input, "tench\n\nsetter\n", "line 2 is '', and not one of the names");
  }

  @Test
  void aClassThatIsNamedTwiceIsRefused() throws IOException {
    assertRefused(
        folders("tench"), "tench\nsetter\nn01440764\n", "lines 1 and 3 name the same class");
  }

  @Test
  void fewerThanTwoClassesAreRefused() throws IOException {
    ImageInput input = folders("tench");

    assertRefused(
        input,
        "tench\n",
        "it leaves 1 of the model's 4 classes, and it takes at least 2 to tell apart");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> restricted(input, "labels", LabelPolicy.CHECKED))
        .withMessage(
            "Cannot use classes.restrict = labels: it leaves 1 of the model's 4 classes, and it"
                + " takes at least 2 to tell apart");
  }

  @Test
  void namesOfClassesThatNobodyKnowsAreRefused() throws IOException {
    ImageInput input = folders("wolf");
    Labels labels = Labels.resolve(input, Optional.empty(), 4, LabelPolicy.LENIENT);
    String file = file("tench\nsetter\n");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> labels.restrictedTo(file, input, new Configuration(), LabelPolicy.LENIENT))
        .withMessage(
            "Cannot use classes.restrict = %s: line 1 is 'tench', and not an index; to name classes"
                + " say what they are called in model.class-names",
            file);
  }

  private void assertRefused(ImageInput input, String lines, String message) throws IOException {
    String file = file(lines);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> restricted(input, file, LabelPolicy.CHECKED))
        .withMessageStartingWith("Cannot use classes.restrict = %s: %s", file, message);
  }

  private static Labels restricted(ImageInput input, String restrict, LabelPolicy policy)
      throws IOException {
    return Labels.resolve(input, Optional.of(ANIMALS), 4, policy)
        .restrictedTo(restrict, input, new Configuration(), policy);
  }

  private String file(String lines) throws IOException {
    return TestFiles.text(folder, "restrict.txt", lines).toString();
  }

  private ImageInput folders(String... names) throws IOException {
    Path images = folder.resolve("images");
    for (String name : names) {
      TestFiles.image(images, name + "/1.jpg");
    }
    return open(images);
  }

  private ImageInput table(String labels) throws IOException {
    Path table = folder.resolve("t.parquet");
    spark
        .sql("SELECT concat('/x/', label, '.jpg') AS path, label FROM " + labels + " t(label)")
        .write()
        .parquet(table.toString());
    return open(table);
  }

  private ImageInput open(Path input) throws IOException {
    return ImageInput.open(
        spark, TestSettings.of(input).build(), TestSettings.MAX_BYTES, List.of());
  }
}
