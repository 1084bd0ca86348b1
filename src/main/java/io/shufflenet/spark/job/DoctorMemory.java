package io.shufflenet.spark.job;

import io.shufflenet.spark.inference.Surroundings;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;

/**
 * What executors have outside Java's heap, and what native code needs there.
 *
 * @param overheadBytes what the cluster manager grants beside the heap, and kills for; empty where
 *     it does not count, and only the host's memory is a limit
 * @param maxPixels of an image
 */
record DoctorMemory(OptionalLong overheadBytes, long maxPixels) {
  static final long GIBIBYTE = 1L << 30;

  /** Libraries, network and batches. */
  private static final long ONCE_BYTES = 600_000_000;

  /** A progressive JPEG's coefficients and pixels. */
  private static final long BYTES_PER_PIXEL = 10;

  private static final long LEAST_OVERHEAD_MEBIBYTES = 384;

  static DoctorMemory of(SparkConf conf, long maxPixels) {
    String master = conf.get("spark.master", "");
    boolean counted = master.startsWith("yarn") || master.startsWith("k8s");
    return new DoctorMemory(
        counted ? OptionalLong.of(overheadBytes(conf)) : OptionalLong.empty(), maxPixels);
  }

  private static long overheadBytes(SparkConf conf) {
    double factor = conf.getDouble("spark.executor.memoryOverheadFactor", 0.1);
    long heap = conf.getSizeAsMb("spark.executor.memory", "1g");
    long derived = Math.max((long) (factor * heap), LEAST_OVERHEAD_MEBIBYTES);
    return conf.getSizeAsMb("spark.executor.memoryOverhead", derived + "m") << 20;
  }

  /** Where the host alone limits it, what photographs take rather than the largest of images. */
  long neededBytes(int slots) {
    return overheadBytes.isPresent()
        ? ONCE_BYTES + slots * maxPixels * BYTES_PER_PIXEL
        : GIBIBYTE + slots * GIBIBYTE / 2;
  }

  /**
   * @param executorsOfHost how many share its memory
   */
  long availableBytes(Surroundings surroundings, int executorsOfHost) {
    return overheadBytes.orElse(
        surroundings.memoryBytes() / executorsOfHost - surroundings.heapBytes());
  }

  static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", (double) bytes / GIBIBYTE);
  }
}
