package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.benchmark.EvaluateRun.Job;
import io.shufflenet.spark.benchmark.EvaluateRun.Pinning;
import io.shufflenet.spark.job.ReadThrough;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** What packing a folder gains: reading alone, and the whole {@code evaluate} job. */
final class PackedSection {
  private static final int FILES = 5000;
  private static final int ROUNDS = 3;
  private static final String HEAP = "1g";

  private final Setup setup;
  private final Path checkpoint;
  private final Path table;
  private final Map<String, Path> inputs = new LinkedHashMap<>();

  PackedSection(Setup setup, Path checkpoint) {
    this.setup = setup;
    this.checkpoint = checkpoint;
    this.table = setup.work().resolve("packed");
    inputs.put("folder", setup.work().resolve("files-to-pack"));
    inputs.put("packed", table);
  }

  /** Adds the section's rows. */
  void into(Grid grid) throws Exception {
    setup.images().layOut(inputs.get("folder"), FILES);
    double seconds = pack();
    try {
      reading(grid, seconds);
      wholeJob(grid);
    } finally {
      for (Path input : inputs.values()) {
        ImageSet.delete(input);
      }
    }
  }

  private double pack() throws IOException {
    Setup.progress("packing");
    ImageSet.delete(table);
    List<String> command =
        List.of(
            "bash",
            setup.home().resolve("jobs/pack.sh").toString(),
            "--input",
            inputs.get("folder").toUri().toString(),
            "--output",
            table.toUri().toString());
    long begin = System.nanoTime();
    String unused = ChildProcess.run(setup.home(), setup.work().resolve("pack.log"), command);
    return (System.nanoTime() - begin) / 1e9;
  }

  private void reading(Grid grid, double seconds) throws Exception {
    Setup.progress("reading files and what they are packed into");
    Map<String, Double> rates;
    long bytes;
    Path manifest = setup.work().resolve("manifest");
    try (SparkSession spark = Setup.spark()) {
      bytes = read(spark, table, manifest);
      Race<String> race = new Race<>();
      inputs.forEach(
          (name, input) -> race.with(name, () -> imagesPerSecond(spark, input, manifest)));
      rates = race.warmedUp().medians(setup.rounds());
    } finally {
      ImageSet.delete(manifest);
    }
    grid.heading(
        "Listing, sharing out and reading %,d images of %,d KB, all cores"
            .formatted(FILES, bytes / FILES / 1000));
    grid.row("", "images/s", "seconds");
    rates.forEach((name, rate) -> grid.row(name, Grid.figure(rate), Grid.figure(FILES / rate)));
    grid.note(
        "packing them: %s s, the start of the command included".formatted(Grid.figure(seconds)));
  }

  private static long read(SparkSession spark, Path input, Path manifest) throws IOException {
    return ReadThrough.bytes(spark, input.toUri().toString(), manifest.toUri().toString());
  }

  private static double imagesPerSecond(SparkSession spark, Path input, Path manifest)
      throws IOException {
    long begin = System.nanoTime();
    long unused = read(spark, input, manifest);
    return FILES / ((System.nanoTime() - begin) / 1e9);
  }

  private void wholeJob(Grid grid) throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    Map<String, List<EvaluateRun>> runs = new LinkedHashMap<>();
    Race<String> race = new Race<>();
    inputs.forEach(
        (name, input) -> {
          Job job = new Job(setup.home(), input, checkpoint, "fp32", cores, Pinning.ANY_CORE, HEAP);
          runs.put(name, new ArrayList<>());
          race.with(name, () -> measured(job, runs.get(name)));
        });
    Map<String, Double> rates = race.medians(Math.min(ROUNDS, setup.rounds()));
    grid.heading(
        "The whole evaluate job on them, fp32, local[%d], a heap of 1 GB".formatted(cores));
    grid.row("", "images/s", "with start", "first image");
    rates.forEach(
        (name, rate) ->
            grid.row(
                name,
                Grid.figure(rate),
                Grid.figure(
                    Race.median(runs.get(name).stream().map(EvaluateRun::wholeStep).toList())),
                Grid.figure(
                        Race.median(runs.get(name).stream().map(EvaluateRun::firstImage).toList()))
                    + " s"));
    runs.forEach((name, all) -> grid.note(name + ", predicting: " + all.get(0).stages()));
  }

  private double measured(Job job, List<EvaluateRun> runs) throws IOException {
    Setup.progress(job.name());
    EvaluateRun run = EvaluateRun.of(job, setup.work());
    runs.add(run);
    return run.imagesPerSecond();
  }
}
