package io.shufflenet.spark.benchmark;

import com.google.gson.JsonObject;
import io.shufflenet.spark.dataset.ImageInput;
import io.shufflenet.spark.job.ReadThrough;
import java.io.IOException;
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
      said.addProperty("heap", PeakMemory.heap());
      said.addProperty("process", PeakMemory.process());
      System.out.println(said);
    }
  }
}
