package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptionNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Cannot compute with inference.precision = bf16 on a: no | Cannot compute with precision = bf16 on a: no
          Cannot preprocess images by image.preprocessing = x: it | Cannot preprocess images by preprocessing = x: it
          Cannot use output.embedding = pooled with a module      | Cannot use embedding = pooled with a module
          Cannot read input.path = /a: it holds b; say so by input.format. | Cannot read path = /a: it holds b; say so by format.
          there is no column a with bytes (input.columns.content) or b | there is no column a with bytes or b
          Cannot read path = /input.path/model.format-x: gone     | Cannot read path = /input.path/model.format-x: gone
          """)
  void settingsOfTheCommandLineBecomeOptions(String message, String expected) {
    assertThat(OptionNames.named(message)).isEqualTo(expected);
  }

  @Test
  void aFileThatCannotBeReadIsToldUnchecked() {
    FileNotFoundException cause = new FileNotFoundException("Cannot read input.path = /a: gone");

    assertThatThrownBy(
            () ->
                OptionNames.inMessages(
                    () -> {
                      throw cause;
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Cannot read path = /a: gone")
        .hasCause(cause);
  }
}
