package io.shufflenet.spark.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a CPU has instructions for, in the words of Linux.
 *
 * @param flags those that {@code /proc/cpuinfo} tells of the first core; empty where it cannot be
 *     read
 */
record Processor(Set<String> flags) {
  /** What oneDNN's kernels for AVX-512 need. */
  private static final Set<String> AVX512 = Set.of("avx512f", "avx512bw", "avx512vl", "avx512dq");

  /** Values of {@code ONEDNN_MAX_CPU_ISA}. */
  private static final Set<String> LIMITS_BELOW_AVX512 =
      Set.of("SSE41", "AVX", "AVX2", "AVX2_VNNI", "AVX2_VNNI_2");

  private static final Set<String> LIMITS_BELOW_BFLOAT16 =
      Set.of("AVX512_CORE", "AVX512_CORE_VNNI");

  private static final Set<String> LIMITS_BELOW_TILES =
      Set.of("AVX512_CORE_BF16", "AVX512_CORE_FP16", "AVX10_1_512");

  static Processor ofThisHost() {
    String older = System.getenv().getOrDefault("DNNL_MAX_CPU_ISA", "");
    String limit = System.getenv().getOrDefault("ONEDNN_MAX_CPU_ISA", older);
    try {
      return of(Files.readString(Path.of("/proc/cpuinfo")), limit);
    } catch (IOException e) {
      return new Processor(Set.of());
    }
  }

  /**
   * @param cpuinfo the file's content
   * @param limit what oneDNN is told to use at most; empty: what there is
   */
  static Processor of(String cpuinfo, String limit) {
    Stream<String> flags =
        cpuinfo
            .lines()
            .filter(line -> line.startsWith("flags"))
            .limit(1)
            .flatMap(line -> Arrays.stream(line.split("\\s+")));
    return new Processor(
        flags.filter(flag -> !isForbidden(flag, limit)).collect(Collectors.toUnmodifiableSet()));
  }

  private static boolean isForbidden(String flag, String limit) {
    String upper = limit.toUpperCase(Locale.ROOT);
    if (LIMITS_BELOW_AVX512.contains(upper)) {
      return flag.startsWith("avx512") || flag.startsWith("amx");
    }
    boolean bfloat16 = flag.equals("avx512_bf16");
    boolean tiles = flag.startsWith("amx");
    return ((bfloat16 || tiles) && LIMITS_BELOW_BFLOAT16.contains(upper))
        || (tiles && LIMITS_BELOW_TILES.contains(upper));
  }

  boolean hasAvx512() {
    return flags.containsAll(AVX512);
  }

  /** Whether products of bfloat16 are faster than those of float32, and not only possible. */
  boolean hasBfloat16() {
    return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
  }

  /** Whether matrices of bfloat16 are multiplied tile by tile (AMX). */
  boolean hasBfloat16Tiles() {
    return flags.contains("amx_bf16");
  }
}
