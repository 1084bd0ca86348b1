package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.HadoopPath;
import io.shufflenet.spark.dataset.InputSettings;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Sees that results and images do not lie in one another. */
final class InputAndOutput {
  private InputAndOutput() {}

  /**
   * @param key of the input's path, for messages
   * @param output fully qualified
   * @throws IllegalArgumentException if one lies in the other: the next run would read the results
   *     as images
   */
  static void requireApart(Configuration hadoop, String key, InputSettings input, Path output) {
    if (!input.isCatalogTable()) {
      requireApart(hadoop, key, input.path(), output);
    }
  }

  /** As the other, of any path. */
  static void requireApart(Configuration hadoop, String key, String input, Path output) {
    String read = HadoopPath.named(hadoop, key, input) + "/";
    String written = output + "/";
    if (written.startsWith(read) || read.startsWith(written)) {
      throw new IllegalArgumentException(
          "Cannot write to output.path = %s: it and %s = %s lie in one another"
              .formatted(output, key, input));
    }
  }
}
