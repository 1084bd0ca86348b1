package io.shufflenet.spark.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.sum;

import io.shufflenet.spark.job.ReadThrough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.SparkSession;

/** Listing and reading many small files, beside Spark's own reader of such. */
final class SmallFilesSection {
  private static final int FOLDERS = 20;
  private static final int FILES_PER_FOLDER = 1000;
  private static final int FILES = FOLDERS * FILES_PER_FOLDER;
  private static final int BYTES = 8 << 10;

  private final Setup setup;

  SmallFilesSection(Setup setup) {
    this.setup = setup;
  }

  /** Adds the section's rows. */
  void into(Grid grid) throws Exception {
    Setup.progress("reading small files");
    Path folder = setup.work().resolve("small-files");
    ImageSet.delete(folder);
    write(folder);
    try (SparkSession spark = Setup.spark()) {
      Race<String> race = new Race<>();
      race.with("as the jobs read them", () -> filesPerSecond(() -> ours(spark, folder)));
      race.with("Spark's binaryFile", () -> filesPerSecond(() -> binaryFile(spark, folder)));
      race.with(
          "Spark's binaryFile, tuned", () -> filesPerSecond(() -> tunedBinaryFile(spark, folder)));
      rows(grid, race.warmedUp().medians(setup.rounds()));
    } finally {
      ImageSet.delete(folder);
      ImageSet.delete(manifest());
    }
  }

  private static void rows(Grid grid, Map<String, Double> rates) {
    grid.heading(
        "Listing, sharing out and reading %,d files of 8 KB, %d in a folder, all cores"
            .formatted(FILES, FILES_PER_FOLDER));
    grid.row("", "files/s", "seconds");
    rates.forEach((name, rate) -> grid.row(name, Grid.figure(rate), Grid.figure(FILES / rate)));
    grid.note("tuned: spark.sql.files.maxPartitionBytes = 128m, openCostInBytes = 64k");
  }

  private static void write(Path folder) throws IOException {
    byte[] noise = new byte[BYTES];
    new Random(1).nextBytes(noise);
    for (int number = 0; number < FOLDERS; number++) {
      Path files = Files.createDirectories(folder.resolve(Integer.toString(number)));
      for (int file = 0; file < FILES_PER_FOLDER; file++) {
        Files.write(files.resolve(String.format(Locale.ROOT, "%04d.jpg", file)), noise);
      }
    }
  }

  private Path manifest() {
    return setup.work().resolve("manifest");
  }

  private interface Reading {
    long bytes() throws Exception;
  }

  private static double filesPerSecond(Reading reading) throws Exception {
    long begin = System.nanoTime();
    long bytes = reading.bytes();
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (bytes != (long) FILES * BYTES) {
      throw new IllegalStateException("Cannot compare: %,d bytes were read".formatted(bytes));
    }
    return FILES / seconds;
  }

  private long ours(SparkSession spark, Path folder) throws IOException {
    return ReadThrough.bytes(spark, folder.toUri().toString(), manifest().toUri().toString());
  }

  private static long tunedBinaryFile(SparkSession spark, Path folder) {
    spark.conf().set("spark.sql.files.maxPartitionBytes", "128m");
    spark.conf().set("spark.sql.files.openCostInBytes", "64k");
    try {
      return binaryFile(spark, folder);
    } finally {
      spark.conf().unset("spark.sql.files.maxPartitionBytes");
      spark.conf().unset("spark.sql.files.openCostInBytes");
    }
  }

  private static long binaryFile(SparkSession spark, Path folder) {
    return spark
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", "true")
        .load(folder.toUri().toString())
        .agg(sum(length(col("content"))))
        .first()
        .getLong(0);
  }
}
