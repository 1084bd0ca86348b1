package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.GoldenFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The memory of a run does not grow with the number of its images. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class FlatMemoryIT {
  private static final int FEW = 1000;
  private static final int MANY = 10_000;
  private static final double FLAT = 1.1;

  /** The heap is taken whole at the start, so that what is left to grow is native memory. */
  private static final List<String> FIXED_HEAP =
      List.of("-Xms768m", "-Xmx768m", "-XX:+AlwaysPreTouch");

  @TempDir private Path folder;

  @Test
  void tenTimesTheImagesNeedNoMoreMemory() throws Exception {
    long few = peakBytes(FEW);
    long many = peakBytes(MANY);

    assertThat((double) many / few).as("%,d and %,d bytes", few, many).isLessThan(FLAT);
  }

  private long peakBytes(int images) throws Exception {
    Path home = folder.resolve(images + "-images");
    Path input = Files.createDirectories(home.resolve("images"));
    List<Path> originals = originals();
    for (int image = 0; image < images; image++) {
      Path original = originals.get(image % originals.size());
      Files.createLink(input.resolve("%05d.jpg".formatted(image)), original);
    }
    Process process =
        JobProcess.start(home, Measured.class, FIXED_HEAP, arguments(input, home.resolve("out")));
    int exitCode = process.waitFor();
    String said = Files.readString(JobProcess.said(home));
    assertThat(exitCode).as(said).isZero();
    assertThat(said).contains("Predicted %,d images".formatted(images));
    return said.lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  /** JPEG files in a folder of the file system that the links are in. */
  private List<Path> originals() throws IOException {
    Path copies = Files.createDirectories(folder.resolve("originals"));
    List<Path> files =
        Workplace.goldenImages().stream()
            .filter(image -> image.getFileName().toString().startsWith("j_4"))
            .toList();
    for (Path file : files) {
      Path copy = copies.resolve(file.getFileName());
      if (!Files.exists(copy)) {
        Files.copy(file, copy);
      }
    }
    return files.stream().map(image -> copies.resolve(image.getFileName())).toList();
  }

  private static List<String> arguments(Path input, Path output) {
    return List.of(
        "predict",
        "--input",
        input.toString(),
        "--model",
        GoldenFiles.CHECKPOINT.toString(),
        "--output",
        output.toString(),
        "--set",
        "image.input-size=128");
  }

  /** The command line, which says at its end how much memory it had in use at most. */
  static final class Measured {
    private Measured() {}

    public static void main(String[] arguments) {
      Runtime.getRuntime().addShutdownHook(new Thread(Measured::tellPeak));
      Main.main(arguments);
    }

    private static void tellPeak() {
      try (var lines = Files.lines(Path.of("/proc/self/status"))) {
        lines.filter(line -> line.startsWith("VmHWM:")).forEach(System.out::println);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
