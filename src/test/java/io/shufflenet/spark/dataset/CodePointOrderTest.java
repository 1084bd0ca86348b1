package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodePointOrderTest {
  @Test
  void sortsAsPythonDoes() {
    String emoji = "\ud83d\ude00";
    String fullWidth = "\uff21";

    assertThat(
            Stream.of(emoji, "b", "a", "B", "10", "2", "", fullWidth, "\u00e9", "ab")
                .sorted(CodePointOrder.INSTANCE))
        .containsExactly("", "10", "2", "B", "a", "ab", "b", "\u00e9", fullWidth, emoji);
  }
}
