package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassNamesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tench\ngreat white shark",
        "tench\ngreat white shark\n",
        "tench\r\ngreat white shark\r\n",
        "\uFEFFtench\ngreat white shark\n\n \n"
      })
  void readsOneNameInEachLine(String text) {
    assertThat(parse(text).names()).containsExactly("tench", "great white shark");
  }

  @Test
  void keepsNamesAsTheyAre() {
    assertThat(parse(" \u00fcn\u00ef , #\nb").names()).containsExactly(" \u00fcn\u00ef , #", "b");
  }

  @Test
  void readsWordNetIdsAndNames() {
    ClassNames names = parse("n01440764 tench, Tinca tinca\r\nn01443537\tgoldfish \n");

    assertThat(names.names()).containsExactly("tench, Tinca tinca", "goldfish");
    assertThat(names.synsets()).containsExactly("n01440764", "n01443537");
  }

  @Test
  void tellsClassesOfOneNameApartByTheirWordNetIds() {
    ClassNames names = parse("n01440764 tench\nn02012849 crane\nn03126707 crane");

    assertThat(names.names()).containsExactly("tench", "crane (n02012849)", "crane (n03126707)");
  }

  @Test
  void refusesWordNetIdsThatAreNotSorted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("n01440764 tench\nn02119789 kit fox\nn02100735 setter"))
        .withMessage(
            "Cannot use class names names.txt: the WordNet ids of lines 2 and 3 do not rise"
                + " (n02119789, n02100735), and class i of an ImageNet model is the one whose id"
                + " has rank i; sort the file");
  }

  @Test
  void takesWordNetIdsWithoutNamesForNames() {
    assertThat(parse("n02119789\nn01440764").names()).containsExactly("n02119789", "n01440764");
    assertThat(parse("n02119789\nn01440764").synsets()).isEmpty();
  }

  @Test
  void refusesANameThatStandsThereTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("crane\ncat\ncrane"))
        .withMessage("Cannot use class names names.txt: lines 1 and 3 are both 'crane'");
  }

  @Test
  void refusesABlankLineAmongNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("cat\n\ndog"))
        .withMessage("Cannot use class names names.txt: line 2 is blank");
  }

  @Test
  void refusesAFileWithoutNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("\n\n"))
        .withMessage("Cannot use class names names.txt: it is empty");
  }

  @Test
  void refusesOtherEncodings() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ClassNames.parse("caf\u00e9".getBytes(StandardCharsets.ISO_8859_1), "n.txt"))
        .withMessage("Cannot use class names n.txt: the file is not UTF-8");
  }

  @Test
  void readsAFile() throws IOException {
    Path file = TestFiles.text(folder, "names.txt", "cat\ndog\n");

    ClassNames names = ClassNames.read(file.toString(), new Configuration());

    assertThat(names.names()).containsExactly("cat", "dog");
  }

  @Test
  void refusesAFileThatDoesNotExist() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClassNames.read(folder + "/absent", new Configuration()))
        .withMessageStartingWith("Cannot read model.class-names = " + folder + "/absent")
        .withMessageContaining("does not exist");
  }

  @Test
  void refusesAFolder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClassNames.read(folder.toString(), new Configuration()))
        .withMessageEndingWith("it is a folder");
  }

  private static ClassNames parse(String text) {
    return ClassNames.parse(text.getBytes(StandardCharsets.UTF_8), "names.txt");
  }
}
