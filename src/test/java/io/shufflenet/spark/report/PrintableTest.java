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
