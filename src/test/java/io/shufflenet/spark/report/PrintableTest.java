package io.shufflenet.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableTest {
  @Test
  void aShortTextStaysWhole() {
    assertThat(Printable.head("tabby cat", 9)).isEqualTo("tabby cat");
    assertThat(Printable.tail("a/b/c.jpg", 9)).isEqualTo("a/b/c.jpg");
  }

  @Test
  void aLongNameKeepsItsBeginning() {
    assertThat(Printable.head("Egyptian cat", 9)).isEqualTo("Egypti...");
  }

  @Test
  void aLongPathKeepsItsEnd() {
    assertThat(Printable.tail("a/long/path/to/cat.jpg", 12)).isEqualTo("...o/cat.jpg");
  }

  @Test
  void charactersOutsideTheBasicPlaneAreNotCutInTwo() {
    assertThat(Printable.head("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", 4))
        .isEqualTo("\uD83D\uDE00...");
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() {
    assertThat(Printable.head("a\u001b[2Jb\nc", 20)).isEqualTo("a?[2Jb?c");
    assertThat(Printable.tail("a\u001b[2Jb\nc", 20)).isEqualTo("a?[2Jb?c");
    assertThat(Printable.wrap("a\u001b[2Jb\nc", 20)).containsExactly("a?[2Jb?c");
  }

  @Test
  void whatTurnsTheDirectionOfWritingDoesNotReachTheTerminal() {
    assertThat(Printable.head("cat\u202egpj.exe", 20)).isEqualTo("cat?gpj.exe");
    assertThat(Printable.head("a\u2028b\ufeffc\ud800", 20)).isEqualTo("a?b?c?");
  }

  @Test
  void joinersOfEmojiStay() {
    String family = "\ud83d\udc68\u200d\ud83d\udc69";

    assertThat(Printable.head(family, 20)).isEqualTo(family);
    assertThat(Printable.escaped(family)).isEqualTo(family);
  }

  @Test
  void anEscapedTextIsOneLineThatTellsWhatWasThere() {
    assertThat(Printable.escaped("a\nb\r\tc\u001b[2J d\u202ee \\n \u00fc"))
        .isEqualTo("a\\nb\\r\\tc\\u001b[2J d\\u202ee \\n \u00fc");
  }

  @Test
  void linesBreakAtBlanks() {
    assertThat(Printable.wrap("the order of the class names", 10))
        .containsExactly("the order", "of the", "class", "names");
  }

  @Test
  void aWordLongerThanALineIsBroken() {
    assertThat(Printable.wrap("an abcdefghijklmnop", 6))
        .containsExactly("an", "abcdef", "ghijkl", "mnop");
  }

  @Test
  void aLineMayBeFilledToItsEnd() {
    assertThat(Printable.wrap("abc def ghi", 7)).containsExactly("abc def", "ghi");
  }
}
