package io.shufflenet.spark.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The name of a physical GPU: numbers are a host's or a process's own, a UUID is the same in all of
 * them.
 */
public final class GpuUuid {
  private static final long PATIENCE_SECONDS = 20;
  private static final Map<String, Optional<String>> KNOWN = new ConcurrentHashMap<>();

  private GpuUuid() {}

  /**
   * The UUID of the GPU, or the part of one, that Spark calls by this address. A number is looked
   * up once, by {@code nvidia-smi}.
   *
   * @return empty where {@code nvidia-smi} is missing, or does not know the number
   */
  public static Optional<String> of(String address) {
    return isUuid(address) ? Optional.of(address) : KNOWN.computeIfAbsent(address, GpuUuid::ask);
  }

  static boolean isUuid(String address) {
    return address.startsWith("GPU-") || address.startsWith("MIG-");
  }

  private static Optional<String> ask(String address) {
    try {
      Process process =
          new ProcessBuilder(
                  "nvidia-smi", "--id=" + address, "--query-gpu=uuid", "--format=csv,noheader")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        process.getOutputStream().close();
        return answer(process);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> answer(Process process) throws IOException {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        return Optional.empty();
      }
    } catch (InterruptedException e) { // the task is being ended
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    byte[] said = process.getInputStream().readAllBytes();
    return Optional.of(new String(said, StandardCharsets.UTF_8).strip())
        .filter(uuid -> !uuid.isEmpty());
  }
}
