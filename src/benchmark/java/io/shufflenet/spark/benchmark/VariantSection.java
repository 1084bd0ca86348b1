package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.model.Architecture;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The forward pass of all eight variants, in one thread, each contender at its best batch. */
final class VariantSection {
  private static final List<Integer> BATCHES = List.of(1, 4, 8, 16);
  private static final List<Integer> ONE_THREAD = List.of(1);

  private final Setup setup;

  VariantSection(Setup setup) {
    this.setup = setup;
  }

  void into(Grid grid) throws Exception {
    grid.heading("All variants, forward pass alone, images/s, 1 thread, each at its best batch");
    boolean named = false;
    Set<String> notes = new LinkedHashSet<>();
    for (Architecture architecture : Architecture.ALL) {
      Setup.progress("the forward pass of " + architecture.name());
      try (Contenders contenders = Contenders.of(setup.lively(architecture))) {
        if (!named) {
          grid.row("", titles(contenders));
          named = true;
        }
        grid.row(architecture.name(), rates(contenders));
        contenders.absent().forEach((name, reason) -> notes.add(name + ": " + reason));
      }
    }
    notes.forEach(grid::note);
  }

  private static List<String> titles(Contenders contenders) {
    List<String> titles = new ArrayList<>(List.of("block", "ORT"));
    for (String compiled : contenders.compiledNames()) {
      String precision = compiled.substring(compiled.lastIndexOf(' ') + 1);
      titles.addAll(List.of(precision, precision + "/ORT"));
    }
    return titles;
  }

  private List<String> rates(Contenders contenders) throws Exception {
    Map<String, Agreement> agreements = contenders.agreements(setup.crops(), BATCHES);
    ForwardRates rates =
        ForwardRates.measured(setup, contenders.right(agreements), BATCHES, ONE_THREAD);
    double onnx = rates.best(contenders.onnx().name(), 1);
    List<String> cells = new ArrayList<>();
    cells.add(Grid.figure(rates.best(contenders.block().name(), 1)));
    cells.add(Grid.figure(onnx));
    for (String compiled : contenders.compiledNames()) {
      double rate = rates.best(compiled, 1);
      cells.addAll(List.of(Grid.figure(rate), Grid.ratio(rate / onnx)));
    }
    return cells;
  }
}
