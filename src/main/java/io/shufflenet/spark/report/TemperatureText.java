package io.shufflenet.spark.report;

import static io.shufflenet.spark.report.Figures.decimal;
import static java.lang.String.format;
import static java.util.Locale.ROOT;

import io.shufflenet.spark.evaluation.TemperatureFit;
import io.shufflenet.spark.report.TextTable.Align;
import java.util.ArrayList;
import java.util.List;

/** A fitted temperature for a person at a terminal. */
public final class TemperatureText {
  private TemperatureText() {}

  /** The text, with an empty line before it and a line feed at the end of each line. */
  public static String of(TemperatureFit fit) {
    List<String> lines = new ArrayList<>(List.of(""));
    lines.add(
        format(
            ROOT,
            "Temperature fitted to %,d images, and measured on the other %,d",
            fit.fitted(),
            fit.heldOut()));
    lines.addAll(
        new TextTable(Align.RIGHT, Align.RIGHT, Align.RIGHT)
            .row("temperature", "NLL", "calibration error")
            .row(Double.toString(fit.madeAt()), decimal(fit.nllBefore()), decimal(fit.eceBefore()))
            .row(
                Double.toString(fit.temperature()),
                decimal(fit.nllAfter()),
                decimal(fit.eceAfter()))
            .lines());
    lines.add(
        fit.nllAfter() < fit.nllBefore()
            ? "  to apply it: " + fit.setting()
            : "  it brings no gain on images that it was not fitted to: leave the temperature as it is");
    return String.join("\n", lines) + "\n";
  }
}
