package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.model.Backend;
import io.shufflenet.spark.model.BlockContender;
import io.shufflenet.spark.model.CompiledContender;
import io.shufflenet.spark.model.Target;
import io.shufflenet.spark.model.Weights;
import io.shufflenet.spark.model.graph.Optimisation;
import io.shufflenet.spark.model.torchscript.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each of the compiler's optimisations brings: the compiled network without it. */
final class RewriteSection {
  private static final List<Integer> BATCHES = List.of(8);
  private static final List<Integer> ONE_THREAD = List.of(1);
  private static final String ALL = "all that pay here";

  private final Setup setup;
  private final Weights weights;

  RewriteSection(Setup setup, Weights weights) {
    this.setup = setup;
    this.weights = weights;
  }

  void into(Grid grid) throws Exception {
    for (Precision precision : Precision.values()) {
      if (CompiledContender.runsHere(precision)) {
        into(grid, precision);
      }
    }
  }

  private void into(Grid grid, Precision precision) throws Exception {
    Setup.progress("what each optimisation brings in " + precision.label());
    List<Contender> contenders = new ArrayList<>();
    try {
      targets(precision)
          .forEach(
              (name, target) ->
                  contenders.add(CompiledContender.of(name, weights, Setup.PREPROCESSING, target)));
      Map<String, Agreement> agreements = agreements(contenders);
      ForwardRates rates = ForwardRates.measured(setup, contenders, BATCHES, ONE_THREAD);
      grid.heading(
          "%s without one optimisation at a time: forward pass, images/s, 1 thread, batch %d"
              .formatted(CompiledContender.name(precision), BATCHES.get(0)));
      grid.row("", "images/s", "of all", "off by");
      for (String name : agreements.keySet()) {
        double rate = rates.best(name, 1);
        String share = Grid.ratio(rate / rates.best(ALL, 1));
        grid.row(name, Grid.figure(rate), share, agreements.get(name).text());
      }
    } finally {
      contenders.forEach(Contender::close);
    }
  }

  private Map<String, Agreement> agreements(List<Contender> contenders) {
    Map<String, Agreement> agreements = new LinkedHashMap<>();
    try (Contender block = BlockContender.of(weights, Setup.PREPROCESSING)) {
      for (Contender contender : contenders) {
        agreements.put(contender.name(), Agreement.of(block, contender, setup.crops(), BATCHES));
      }
    }
    return agreements;
  }

  private static Map<String, Target> targets(Precision precision) {
    Target all = Target.of(Backend.ONEDNN, precision);
    Map<String, Target> targets = new LinkedHashMap<>();
    targets.put(ALL, all);
    for (Optimisation optimisation : Optimisation.values()) {
      if (all.optimisations().contains(optimisation)) {
        targets.put("without " + optimisation, all.without(optimisation));
      }
    }
    targets.put("without any", new Target(Backend.ONEDNN, precision, Set.of()));
    targets.put("portable operations", Target.of(Backend.PORTABLE, precision));
    return targets;
  }
}
