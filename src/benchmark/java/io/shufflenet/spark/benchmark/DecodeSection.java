package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.image.ImageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Reading, decoding and cropping alone, from files that the system holds in memory. */
final class DecodeSection {
  private static final List<Integer> THREADS = List.of(1, 2);

  private final Setup setup;

  DecodeSection(Setup setup) {
    this.setup = setup;
  }

  /** Adds the section's rows; images/s by the number of threads. */
  Map<Integer, Double> into(Grid grid) throws Exception {
    Setup.progress("decoding");
    Race<Integer> race = new Race<>();
    for (int count : THREADS) {
      List<Callable<Integer>> works = works(count);
      race.with(count, () -> setup.callers().rate(works, setup.slice()));
    }
    Map<Integer, Double> rates = race.warmedUp().medians(setup.rounds());
    grid.heading("Read, decode and crop alone, images/s");
    rates.forEach(
        (threads, rate) ->
            grid.row(
                threads == 1 ? "1 thread" : threads + " threads",
                Grid.figure(rate),
                Grid.ratio(rate / rates.get(1))));
    return rates;
  }

  private List<Callable<Integer>> works(int count) {
    AtomicInteger next = new AtomicInteger();
    List<Callable<Integer>> works = new ArrayList<>();
    for (int thread = 0; thread < count; thread++) {
      works.add(() -> decoded(next.getAndIncrement() % setup.images().size()));
    }
    return works;
  }

  private int decoded(int index) throws IOException {
    try {
      return setup.images().decode(index).length > 0 ? 1 : 0;
    } catch (ImageException e) {
      return 1; // an error row of the job is a row too
    }
  }
}
