package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.benchmark.EvaluateRun.Job;
import io.shufflenet.spark.benchmark.EvaluateRun.Pinning;
import io.shufflenet.spark.benchmark.ReferenceLoop.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole {@code evaluate} job, from files to report, and the usual Python loop beside it. */
final class JobSection {
  private static final int ROUNDS = 3;

  /** That of conf/spark-local.conf. */
  private static final String HEAP = "2g";

  private final Setup setup;
  private final Path checkpoint;
  private final Optional<ReferenceLoop> reference;
  private final Map<Job, List<EvaluateRun>> runs = new LinkedHashMap<>();

  JobSection(Setup setup, Path checkpoint, Optional<ReferenceLoop> reference) {
    this.setup = setup;
    this.checkpoint = checkpoint;
    this.reference = reference;
  }

  /**
   * Adds the section's rows.
   *
   * @param count how many images a run has
   * @param bounds by precision: images/s that a core can do at most
   */
  void into(Grid grid, int count, Map<String, Double> bounds) throws Exception {
    Path images = setup.work().resolve("job-images");
    setup.images().layOut(images, count);
    Race<String> race = new Race<>();
    bounds.keySet().forEach(precision -> jobs(images, precision).forEach(job -> add(race, job)));
    reference.ifPresent(
        loop -> {
          for (Style style : Style.values()) {
            race.with(style.label(), () -> measured(loop, style));
          }
        });
    Map<String, Double> rates = race.medians(Math.min(ROUNDS, setup.rounds()));
    rows(grid, count, bounds, rates);
  }

  private List<Job> jobs(Path images, String precision) {
    boolean pins = ChildProcess.works("taskset", "--version");
    Pinning first = pins ? Pinning.FIRST_CORE : Pinning.ANY_CORE;
    return List.of(
        new Job(setup.home(), images, checkpoint, precision, 1, first, HEAP),
        new Job(setup.home(), images, checkpoint, precision, 2, Pinning.ANY_CORE, HEAP));
  }

  private void add(Race<String> race, Job job) {
    runs.put(job, new ArrayList<>());
    race.with(
        job.name(),
        () -> {
          Setup.progress(job.name());
          EvaluateRun run = EvaluateRun.of(job, setup.work());
          runs.get(job).add(run);
          return run.imagesPerSecond();
        });
  }

  private static double measured(ReferenceLoop loop, Style style) throws Exception {
    Setup.progress(style.label());
    return loop.imagesPerSecond(style);
  }

  private void rows(Grid grid, int count, Map<String, Double> bounds, Map<String, Double> rates) {
    grid.heading("The whole evaluate job on %,d files, images/s after start-up".formatted(count));
    grid.row("", "images/s", "bound", "of it", "with start", "first image");
    runs.forEach(
        (job, results) -> {
          double rate = rates.get(job.name());
          double bound = job.cores() * bounds.get(job.precision());
          grid.row(
              job.name(),
              Grid.figure(rate),
              Grid.figure(bound),
              Grid.percent(rate / bound),
              Grid.figure(Race.median(results.stream().map(EvaluateRun::wholeStep).toList())),
              Grid.figure(Race.median(results.stream().map(EvaluateRun::firstImage).toList()))
                  + " s");
        });
    grid.note("bound: cores / (1 / decode + 1 / forward), both in one thread, forward at its best");
    grid.note("first image: from the command's start until it is predicted");
    runs.forEach(
        (job, results) -> {
          grid.note(job.name() + ", first image: " + results.get(0).startUp());
          grid.note(job.name() + ", predicting: " + results.get(0).stages());
        });
    referenceRows(grid, rates);
    ratios(grid, rates);
  }

  private void referenceRows(Grid grid, Map<String, Double> rates) {
    for (Style style : Style.values()) {
      String cell = reference.isPresent() ? Grid.figure(rates.get(style.label())) : "not run";
      grid.row(style.label(), cell);
    }
    reference.ifPresent(
        loop ->
            grid.note(
                "the Python loop's logits are off by "
                    + new Agreement(loop.difference(), 1).text()));
  }

  private void ratios(Grid grid, Map<String, Double> rates) {
    Map<String, Double> one = new LinkedHashMap<>();
    runs.keySet().stream()
        .filter(job -> job.cores() == 1)
        .forEach(job -> one.put(job.precision(), rates.get(job.name())));
    for (Job job : runs.keySet()) {
      if (job.cores() > 1) {
        double rate = rates.get(job.name());
        grid.row(job.name() + " / local[1]", Grid.ratio(rate / one.get(job.precision())));
        reference.ifPresent(loop -> referenceRatios(grid, job, rates));
      }
    }
  }

  private static void referenceRatios(Grid grid, Job job, Map<String, Double> rates) {
    for (Style style : Style.values()) {
      double ratio = rates.get(job.name()) / rates.get(style.label());
      grid.row(job.name() + " / " + style.label(), Grid.ratio(ratio));
    }
  }
}
