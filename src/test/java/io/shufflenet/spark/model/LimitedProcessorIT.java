package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.graph.Optimisation;
import io.shufflenet.spark.model.torchscript.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks on older processors than this host's: oneDNN reads its limit when it is loaded, so each
 * limit needs a JVM of its own.
 */
class LimitedProcessorIT {
  private static final double EXACT = 1e-4;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"AVX2", "SSE41"})
  void theLogitsAreTheBlocks(String limit) throws Exception {
    String said = saidUnder(limit);

    assertThat(said.lines().filter(line -> line.startsWith("difference ")))
        .as(said)
        .hasSize(3)
        .allSatisfy(
            line ->
                assertThat(Double.parseDouble(line.substring("difference ".length())))
                    .isLessThan(EXACT));
  }

  private String saidUnder(String limit) throws IOException, InterruptedException {
    Path output = folder.resolve("said.txt");
    ProcessBuilder command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                LimitedProcessorIT.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    command.environment().put("ONEDNN_MAX_CPU_ISA", limit);
    int exitCode = command.start().waitFor();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(exitCode).as(said).isZero();
    return said;
  }

  /** What the other JVM does: says how far each compiled network is from the block. */
  public static void main(String[] arguments) {
    Weights weights = Golden.weights(new Architecture(3, "0.5x"), 10);
    Preprocessing preprocessing = Preprocessing.MEGVII;
    List<byte[]> crops = CompiledNetwork.crops(3, preprocessing.cropSize());
    float[][] expected = CompiledNetwork.blockLogits(weights, preprocessing, crops);
    List<Target> targets =
        List.of(
            Target.of(Backend.ONEDNN, Precision.FLOAT32),
            new Target(Backend.ONEDNN, Precision.FLOAT32, EnumSet.allOf(Optimisation.class)),
            Target.of(Backend.PORTABLE, Precision.FLOAT32));
    for (Target target : targets) {
      try (CompiledNetwork network = CompiledNetwork.of(weights, preprocessing, target)) {
        double difference = CompiledNetwork.difference(network.logits(crops), expected);
        System.out.printf(Locale.ROOT, "difference %s%n", difference);
      }
    }
  }
}
