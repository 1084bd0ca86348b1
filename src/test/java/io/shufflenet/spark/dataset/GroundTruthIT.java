package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.shufflenet.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flat folder of four images of three classes, and a devkit made for it. */
class GroundTruthIT {
  private final SparkSession spark = LocalSpark.session();
  @TempDir Path folder;
  private Path images;
  private TestSettings settings;

  @BeforeEach
  void arrange() throws IOException {
    images = folder.resolve("val");
    for (int number = 1; number <= 4; number++) {
      TestFiles.image(images, "ILSVRC2012_val_%08d.JPEG".formatted(number));
    }
    Path truth = TestFiles.text(folder, "truth.txt", "3\n1\n1\n2\n");
    Path synsets = TestFiles.text(folder, "synsets.txt", "n02119789\nn01440764\nn02100735\n");
    settings = TestSettings.of(images).truth(truth.toString(), synsets.toString());
  }

  @Test
  void theIndexIsTheRankOfTheWordNetId() throws IOException {
    ImageInput input = open(settings);

    Labels labels = Labels.resolve(input, Optional.empty(), 3, LabelPolicy.CHECKED);

    assertThat(labels.names()).containsExactly("n01440764", "n02100735", "n02119789");
    assertThat(indexed(labels, input))
        .containsExactlyInAnyOrder(
            "1: n02100735=1", "2: n02119789=2", "3: n02119789=2", "4: n01440764=0");
    assertThat(input.describe())
        .endsWith("val with 0 subfolders, labels by " + folder + "/truth.txt");
  }

  @Test
  void namesOfAFileStandForTheWordNetIds() throws IOException {
    ImageInput input = open(settings);

    Labels labels = Labels.resolve(input, names(), 3, LabelPolicy.CHECKED);

    assertThat(indexed(labels, input))
        .containsExactlyInAnyOrder("1: setter=1", "2: kit fox=2", "3: kit fox=2", "4: tench=0");
  }

  @Test
  void aSampleHasItsOwnLabels() throws IOException {
    ImageInput input = open(settings.limit(2));

    Labels labels = Labels.resolve(input, names(), 3, LabelPolicy.CHECKED);

    assertThat(indexed(labels, input))
        .hasSize(2)
        .isSubsetOf("1: setter=1", "2: kit fox=2", "3: kit fox=2", "4: tench=0");
  }

  @Test
  void moreSynsetsThanClassesAreRefused() throws IOException {
    ImageInput input = open(settings);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Labels.resolve(input, Optional.empty(), 2, LabelPolicy.CHECKED))
        .withMessageContaining("there are 3 labels ('n01440764', 'n02100735', 'n02119789')");
  }

  @Test
  void aSynsetThatIsNoClassIsRefusedWithItsFile() throws IOException {
    ImageInput input = open(settings);
    Optional<ClassNames> others = Optional.of(new ClassNames(List.of("a", "b", "c"), "names.txt"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Labels.resolve(input, others, 3, LabelPolicy.CHECKED))
        .withMessageStartingWith(
            "Cannot use label 'n01440764' (input.synsets = %s/synsets.txt): it is not one of the 3"
                + " class names of names.txt (name a file with WordNet ids and names in"
                + " model.class-names)",
            folder);
  }

  @Test
  void aFileThatIsNoImageIsRefused() throws IOException {
    TestFiles.image(images, "README.txt");

    assertRefused(
        "the name of README.txt does not end with an image's number, as"
            + " ILSVRC2012_val_00000001.JPEG does; where it is no image, name the images' endings"
            + " in input.extensions");
    assertThat(open(settings.extensions("jpeg")).rows().count()).isEqualTo(4);
  }

  @Test
  void aNumberBeyondTheLinesIsRefused() throws IOException {
    TestFiles.image(images, "ILSVRC2012_val_00000005.JPEG");

    assertRefused("the number of ILSVRC2012_val_00000005.JPEG is none of its lines, 1 to 4");
  }

  @Test
  void aNumberBeforeTheFirstLineIsRefused() throws IOException {
    TestFiles.image(images, "ILSVRC2012_val_00000000.JPEG");

    assertRefused("the number of ILSVRC2012_val_00000000.JPEG is none of its lines, 1 to 4");
  }

  @Test
  void twoFilesOfOneNumberAreRefused() throws IOException {
    TestFiles.image(images, "copy_2.JPEG");

    assertRefused("ILSVRC2012_val_00000002.JPEG and copy_2.JPEG have the same number");
  }

  @Test
  void moreLinesThanImagesAreRefused() throws IOException {
    TestFiles.text(folder, "truth.txt", "3\n1\n1\n2\n2\n");

    assertRefused(
        "it has 5 lines, and the folder 4 images (input.limit takes a sample of a whole set)");
  }

  @Test
  void subfoldersAreRefused() throws IOException {
    TestFiles.image(images, "n01440764/1.JPEG");

    assertRefused(
        "input.path = %s has subfolders (such as n01440764), whose names are the labels"
            .formatted(images));
  }

  @Test
  void aTableIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(settings.format("parquet")))
        .withMessage(
            "Cannot use input.ground-truth = %s/truth.txt: input.path = %s is read as parquet,"
                + " which has labels of its own; it is for an image folder",
            folder, images);
  }

  private void assertRefused(String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(settings))
        .withMessage("Cannot use input.ground-truth = %s/truth.txt: %s", folder, reason);
  }

  private static Optional<ClassNames> names() {
    return Optional.of(
        new ClassNames(
            List.of("tench", "setter", "kit fox"),
            List.of("n01440764", "n02100735", "n02119789"),
            "words.txt"));
  }

  private ImageInput open(TestSettings settings) throws IOException {
    return ImageInput.open(spark, settings.build(), TestSettings.MAX_BYTES, List.of());
  }

  private static List<String> indexed(Labels labels, ImageInput input) {
    return labels.index(input.rows()).collectAsList().stream()
        .map(
            row ->
                "%s: %s=%s"
                    .formatted(
                        GroundTruth.number(row.getAs("relative_path")),
                        row.getAs("label"),
                        row.getAs("label_index")))
        .toList();
  }
}
