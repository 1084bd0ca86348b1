package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The forward pass alone: block, compiled network and ONNX Runtime. */
final class ForwardSection {
  private static final List<Integer> BATCHES = List.of(1, 4, 8, 16, 32);
  private static final List<Integer> THREADS = List.of(1, 2);

  private final Setup setup;
  private final Weights weights;

  ForwardSection(Setup setup, Weights weights) {
    this.setup = setup;
    this.weights = weights;
  }

  /** Adds the section's rows. */
  ForwardRates into(Grid grid) throws Exception {
    try (Contenders contenders = Contenders.of(weights)) {
      Map<String, Agreement> agreements = contenders.agreements(setup.crops(), BATCHES);
      List<Contender> right = contenders.right(agreements);
      Setup.progress("the forward pass of " + right.size() + " contenders");
      ForwardRates rates = ForwardRates.measured(setup, right, BATCHES, THREADS);
      heading(grid);
      for (int threads : THREADS) {
        for (String name : contenders.names()) {
          row(grid, name, threads, rates, agreements.get(name));
        }
      }
      contenders.absent().forEach((name, reason) -> grid.note(name + ": " + reason));
      ratios(grid, contenders, rates);
      return rates;
    }
  }

  private void heading(Grid grid) {
    Preprocessing preprocessing = Setup.PREPROCESSING;
    grid.heading(
        "Forward pass alone, images/s: %s, %d classes, %d x %d pixels"
            .formatted(
                weights.architecture().name(),
                weights.classes(),
                preprocessing.cropSize(),
                preprocessing.cropSize()));
    List<String> cells = new ArrayList<>();
    BATCHES.forEach(batch -> cells.add("batch " + batch));
    cells.addAll(List.of("best", "off by", "same top-1"));
    grid.row("", cells);
  }

  private static void row(
      Grid grid, String name, int threads, ForwardRates rates, Agreement agreement) {
    List<String> cells = new ArrayList<>();
    BATCHES.forEach(batch -> cells.add(Grid.figure(rates.at(name, batch, threads))));
    cells.add(Grid.figure(rates.best(name, threads)));
    cells.add(agreement.text());
    cells.add(Grid.percent(agreement.sameTop()));
    grid.row(name + (threads == 1 ? ", 1 thread" : ", " + threads + " threads"), cells);
  }

  private void ratios(Grid grid, Contenders contenders, ForwardRates rates) {
    Map<String, String> rivals = new LinkedHashMap<>();
    rivals.put(contenders.onnx().name(), "ONNX Runtime");
    rivals.put(contenders.block().name(), "block");
    for (String compiled : contenders.compiledNames()) {
      rivals.forEach(
          (rival, label) -> {
            List<String> cells = new ArrayList<>();
            BATCHES.forEach(
                batch ->
                    cells.add(
                        Grid.ratio(rates.at(compiled, batch, 1) / rates.at(rival, batch, 1))));
            cells.add(Grid.ratio(rates.best(compiled, 1) / rates.best(rival, 1)));
            grid.row(compiled + " / " + label + ", 1 thread", cells);
          });
      double scaling = rates.best(compiled, 2) / rates.best(compiled, 1);
      grid.note(compiled + ", 2 threads / 1 thread, each at its best: " + Grid.ratio(scaling));
    }
    grid.note("off by: the logits' largest difference from the block's, over the block's largest");
  }
}
