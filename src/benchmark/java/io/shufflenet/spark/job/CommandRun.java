package io.shufflenet.spark.job;

import com.google.gson.JsonObject;
import io.shufflenet.spark.benchmark.PeakMemory;
import java.io.IOException;

/** Runs a command as its script does, and prints last what that took. */
public final class CommandRun {
  private CommandRun() {}

  /** The command line. */
  public static void main(String[] arguments) throws IOException {
    long begin = System.nanoTime();
    int exitCode = Main.run(arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
    JsonObject said = new JsonObject();
    said.addProperty("seconds", (System.nanoTime() - begin) / 1e9);
    said.addProperty("process", PeakMemory.process());
    System.out.println(said);
  }
}
