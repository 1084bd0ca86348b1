package io.shufflenet.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.report.TextTable.Align;
import org.junit.jupiter.api.Test;

final class TextTableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.LEFT);
    table.row("kind", "images", "for example").row("truncated", "1,200", "a.jpg");

    assertThat(table.lines())
        .containsExactly(
            "  kind       images  for example", //
            "  truncated   1,200  a.jpg");
  }

  @Test
  void withoutRowsThereAreNoLines() {
    assertThat(new TextTable(Align.LEFT).lines()).isEmpty();
  }
}
