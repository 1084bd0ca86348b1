package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroundTruthTest {
  private static final String SYNSETS = "n02119789\nn01440764\nn02100735\n";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "ILSVRC2012_val_00000001.JPEG, 1",
    "ILSVRC2012_val_00050000.JPEG, 50000",
    "00000012, 12",
    "7.jpeg, 7",
    "a.b7.jpg, 7"
  })
  void findsTheNumberAtTheEndOfAFilesName(String name, long number) {
    assertThat(GroundTruth.number(name)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ILSVRC2012_val_00000001 (copy).JPEG",
        "ILSVRC2012_val_.JPEG",
        "README.txt",
        "val_1.JPEG.md5",
        "1234567890123456789012.jpg"
      })
  void findsNoNumberElsewhere(String name) {
    assertThat(GroundTruth.number(name)).isNull();
  }

  @Test
  void takesTheNumbersForLinesOfTheSynsets() throws IOException {
    GroundTruth truth =
        read("3\n1\r\n1\n2\n\n", "\uFEFFn02119789 1 kit_fox\nn01440764\nn02100735\n");

    assertThat(truth.labels()).containsExactly("n02100735", "n02119789", "n02119789", "n01440764");
    assertThat(truth.synsets()).containsExactly("n02119789", "n01440764", "n02100735");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "0", "-1", "", "1.0", "n01440764", "99999999999999999999"})
  void refusesWhatIsNotTheNumberOfASynset(String id) {
    assertRefused(
        "1\n" + id + "\n2\n",
        SYNSETS,
        "Cannot use input.ground-truth = %s/truth.txt: line 2 is '%s', and not the number of one of"
            + " the 3 lines of input.synsets = %s/synsets.txt, from 1",
        folder,
        id,
        folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tench", "n0144076", "n014407645", "N01440764", ""})
  void refusesWhatIsNotAWordNetId(String synset) {
    assertRefused(
        "1\n",
        "n02119789\n" + synset + "\nn02100735\n",
        "Cannot use input.synsets = %s/synsets.txt: line 2 is '%s', and not a WordNet id, which is"
            + " n and 8 digits",
        folder,
        synset);
  }

  @Test
  void refusesASynsetThatStandsThereTwice() {
    assertRefused(
        "1\n",
        "n02119789\nn01440764\nn02119789\n",
        "Cannot use input.synsets = %s/synsets.txt: lines 1 and 3 are both n02119789",
        folder);
  }

  @Test
  void refusesSynsetsInTheOrderOfTheModel() {
    StringBuilder sorted = new StringBuilder();
    for (int i = 10; i < 20; i++) {
      sorted.append("n014407").append(i).append('\n');
    }

    assertRefused(
        "1\n",
        sorted.toString(),
        "Cannot use input.synsets = %s/synsets.txt: its WordNet ids are sorted, which is the order"
            + " of the model's classes; the devkit has another (ImageNet's first is n02119789), by"
            + " which the numbers of the ground truth count",
        folder);
  }

  @Test
  void refusesEmptyFiles() {
    assertRefused(
        "\n", SYNSETS, "Cannot use input.ground-truth = %s/truth.txt: it is empty", folder);
    assertRefused("1\n", "", "Cannot use input.synsets = %s/synsets.txt: it is empty", folder);
  }

  @Test
  void refusesEachFileWithoutTheOther() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TruthSettings("truth.txt", ""))
        .withMessage(
            "Cannot use input.ground-truth = truth.txt without input.synsets: its numbers are the"
                + " devkit's ids (ILSVRC2012_ID), and the model counts its classes in another"
                + " order, by the rank of their WordNet ids. Name a file with the WordNet ids in"
                + " the devkit's order, one a line");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TruthSettings("", "synsets.txt"))
        .withMessage(
            "Cannot use input.synsets = synsets.txt without input.ground-truth: it says what the"
                + " numbers there mean");
  }

  private void assertRefused(String truth, String synsets, String message, Object... values) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(truth, synsets))
        .withMessage(message, values);
  }

  private GroundTruth read(String truth, String synsets) throws IOException {
    Path truthFile = TestFiles.text(folder, "truth.txt", truth);
    Path synsetsFile = TestFiles.text(folder, "synsets.txt", synsets);
    return GroundTruth.read(
        new TruthSettings(truthFile.toString(), synsetsFile.toString()), new Configuration());
  }
}
