package io.shufflenet.spark.benchmark;

import com.google.gson.JsonObject;
import io.shufflenet.spark.dataset.ImageInput;
import io.shufflenet.spark.job.ReadThrough;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Lists a folder as a job does, and prints last what that took. */
public final class ListingRun {
  private ListingRun() {}

  /** A folder, and where its listing is written. */
  public static void main(String[] arguments) throws IOException {
    try (SparkSession spark = Setup.spark()) {
      long begin = System.nanoTime();
      ImageInput input =
          ImageInput.open(spark, ReadThrough.settings(arguments[0]), 1 << 20, List.of());
      input.rows().write().parquet(arguments[1]);
      long files = spark.read().parquet(arguments[1]).count();
      JsonObject said = new JsonObject();
      said.addProperty("files", files);
      said.addProperty("seconds", (System.nanoTime() - begin) / 1e9);
      said.addProperty("heap", heap());
      said.addProperty("process", process());
      System.out.println(said);
    }
  }

  /** Bytes; the pools' peaks need not have been at one time. */
  private static long heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** Bytes in memory at most, as Linux tells. */
  private static long process() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}
