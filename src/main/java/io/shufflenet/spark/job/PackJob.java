package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.HadoopPath;
import io.shufflenet.spark.dataset.ImageInput;
import io.shufflenet.spark.dataset.PackedImages;
import io.shufflenet.spark.dataset.PackedImages.Size;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What pack does: list, measure, copy, tell. */
final class PackJob {
  private final PackSettings settings;
  private final Configuration hadoop;
  private final RunName name = RunName.now();

  PackJob(PackSettings settings, Configuration hadoop) {
    this.settings = settings;
    this.hadoop = hadoop;
  }

  /** What was written. */
  private record Packed(Size size, long unreadable) {}

  /**
   * @return the exit code
   * @throws IllegalArgumentException if the settings do not serve; nothing was written then
   * @throws IOException if the run failed; what it wrote is removed
   */
  int run() throws IOException {
    name.markLogs();
    Path output = HadoopPath.named(hadoop, "output.path", settings.outputPath());
    NewFolder folder = NewFolder.of(hadoop, output);
    InputAndOutput.requireApart(hadoop, "input.path", settings.input(), output);
    try (SparkSession spark = SparkSession.builder().getOrCreate();
        Progress progress = new Progress()) {
      name.markJobs(spark.sparkContext(), "look at the input");
      progress.step(() -> "looking at the input");
      ImageInput input = ImageInput.open(spark, settings.input(), settings.maxBytes(), List.of());
      AtomicReference<Packed> packed = new AtomicReference<>();
      folder.write(aside -> packed.set(pack(spark, input, aside, progress)));
      tell(input, packed.get(), output, progress);
      Outcome outcome = outcome(packed.get());
      outcome
          .reasons()
          .forEach(reason -> progress.print("Exit code " + outcome.exitCode() + ": " + reason));
      return outcome.exitCode();
    }
  }

  /** A folder is listed once: later steps see one listing, whatever changes meanwhile. */
  private Packed pack(SparkSession spark, ImageInput input, Path table, Progress progress)
      throws IOException {
    name.markJobs(spark.sparkContext(), "list the images");
    progress.step(() -> "listing the images");
    if (input.holdsContent()) {
      return pack(input.rows(), input.listing(), input, table, progress);
    }
    Path aside = new Path(table.getParent(), table.getName() + ".listing");
    Path listing = new Path(aside, "images"); // Spark warns of a folder whose own name is hidden
    try {
      Dataset<Row> found = input.rows();
      found.write().parquet(listing.toString());
      Dataset<Row> rows = spark.read().schema(found.schema()).parquet(listing.toString());
      return pack(rows, rows, input, table, progress);
    } finally {
      aside.getFileSystem(hadoop).delete(aside, true);
    }
  }

  private Packed pack(
      Dataset<Row> rows, Dataset<Row> listing, ImageInput input, Path table, Progress progress)
      throws IOException {
    PackedImages images = new PackedImages(rows, input.labelKind(), settings.maxBytes());
    Size size = images.measure(listing);
    if (size.images() == 0) {
      throw new IOException("Cannot pack: the images are gone since they were first looked for");
    }
    name.markJobs(rows.sparkSession().sparkContext(), "copy the images");
    int files = Math.toIntExact(size.bytes() / settings.fileBytes() + 1);
    progress.step(() -> "copying %,d images; files: %,d".formatted(size.images(), files));
    return new Packed(size, images.write(table.toString(), files));
  }

  private static void tell(ImageInput input, Packed packed, Path output, Progress progress) {
    Size size = packed.size();
    progress.print(input.describe());
    progress.print(
        String.format(
            Locale.ROOT,
            "Packed %,d images, %,.1f MB: %s",
            size.images(),
            size.bytes() / 1e6,
            output));
    if (packed.unreadable() > 0) {
      progress.print(
          String.format(
              Locale.ROOT,
              "%,d of them could not be read: their rows hold no bytes, and whoever reads the table"
                  + " tries their files again",
              packed.unreadable()));
    }
  }

  private Outcome outcome(Packed packed) {
    return Outcome.of(
        packed.size().images(), packed.unreadable(), settings.maxFailureRate(), List.of());
  }
}
