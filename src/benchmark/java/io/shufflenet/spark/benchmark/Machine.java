package io.shufflenet.spark.benchmark;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Where, when and with what figures were measured. */
final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Set<String> TOLD =
      Set.of("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_tile");

  private Machine() {}

  /** A few lines. */
  static String text(Path home) throws IOException {
    return String.format(
        Locale.ROOT,
        "%s%n%s, %d cores (%s), %s %s%nJDK %s, DJL %s, libtorch %s, ONNX Runtime %s, commit %s%n",
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        cpuInfo("model name"),
        Runtime.getRuntime().availableProcessors(),
        String.join(" ", extensions()),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("java.version"),
        Engine.getDjlVersion(),
        Engine.getEngine("PyTorch").getVersion(),
        OnnxContender.version(),
        commit(home));
  }

  private static Set<String> extensions() throws IOException {
    Set<String> extensions = new TreeSet<>(Arrays.asList(cpuInfo("flags").split(" ")));
    extensions.retainAll(TOLD);
    return extensions;
  }

  /** What the kernel says of the first processor under that key. */
  private static String cpuInfo(String key) throws IOException {
    if (!Files.exists(CPU_INFO)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(CPU_INFO).stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse("unknown");
  }

  private static String commit(Path home) throws IOException {
    try {
      String commit = output(home, "git", "rev-parse", "--short=12", "HEAD");
      boolean changed = !output(home, "git", "status", "--porcelain").isEmpty();
      return commit + (changed ? " with changes" : "");
    } catch (IOException e) {
      return "unknown (no git)";
    }
  }

  private static String output(Path folder, String... command) throws IOException {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("Cannot run " + List.of(command));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Cannot run " + List.of(command) + ": interrupted", e);
    }
    return output.trim();
  }
}
