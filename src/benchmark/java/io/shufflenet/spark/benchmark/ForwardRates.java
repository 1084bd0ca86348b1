package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.benchmark.Contender.Pass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Images/s of contenders, at batches of several sizes and with one or several threads that use the
 * same network at once.
 */
final class ForwardRates {
  private final Map<Cell, Double> rates;

  /** One figure of the table. */
  record Cell(String contender, int batch, int threads) {}

  private ForwardRates(Map<Cell, Double> rates) {
    this.rates = rates;
  }

  static ForwardRates measured(
      Setup setup, Collection<Contender> contenders, List<Integer> batches, List<Integer> threads)
      throws Exception {
    List<Pass> passes = new ArrayList<>();
    Race<Cell> race = new Race<>();
    try {
      for (int count : threads) {
        for (int batch : batches) {
          for (Contender contender : contenders) {
            List<Callable<Integer>> works = works(setup, contender, batch, count, passes);
            race.with(
                new Cell(contender.name(), batch, count),
                () -> setup.callers().rate(works, setup.slice()));
          }
        }
      }
      return new ForwardRates(race.warmedUp().medians(setup.rounds()));
    } finally {
      passes.forEach(Pass::close);
    }
  }

  private static List<Callable<Integer>> works(
      Setup setup, Contender contender, int batch, int count, List<Pass> passes) {
    List<Callable<Integer>> works = new ArrayList<>();
    for (int thread = 0; thread < count; thread++) {
      Pass pass = contender.prepare(setup.crops().subList(0, batch));
      passes.add(pass);
      works.add(() -> pass.logits().length > 0 ? batch : 0);
    }
    return works;
  }

  double at(String contender, int batch, int threads) {
    return rates.getOrDefault(new Cell(contender, batch, threads), Double.NaN);
  }

  /** Over all sizes of batches; NaN where the contender was not measured. */
  double best(String contender, int threads) {
    return rates.entrySet().stream()
        .filter(e -> e.getKey().contender.equals(contender) && e.getKey().threads == threads)
        .mapToDouble(Map.Entry::getValue)
        .max()
        .orElse(Double.NaN);
  }
}
