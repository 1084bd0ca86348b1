package io.shufflenet.spark.sql;

import io.shufflenet.spark.inference.ClassifierOptions;
import java.util.Map;
import java.util.TreeMap;
import scala.Tuple2;

/** Options as Spark hands them over, in a map of Scala's. */
final class Options {
  private Options() {}

  /**
   * Those of a catalog, which stand in Spark's configuration.
   *
   * @param given without that beginning of their names
   * @throws IllegalArgumentException as {@link ClassifierOptions#of}
   */
  static ClassifierOptions ofCatalog(String catalog, Map<String, String> given) {
    Map<String, String> options = ClassifierOptions.named(given, ClassifierOptions.NAMES);
    if (options.getOrDefault(ClassifierOptions.MODEL, "").isBlank()) {
      throw new IllegalArgumentException(
          "Cannot classify images: spark.sql.catalog.%s.%s is not set; it names a checkpoint"
              .formatted(catalog, ClassifierOptions.MODEL));
    }
    return ClassifierOptions.of(options);
  }

  static Map<String, String> of(scala.collection.immutable.Map<String, String> given) {
    return under("", given);
  }

  /** Those whose names begin so, without that beginning. */
  static Map<String, String> under(
      String prefix, scala.collection.immutable.Map<String, String> given) {
    Map<String, String> options = new TreeMap<>();
    scala.collection.Iterator<Tuple2<String, String>> entries = given.iterator();
    while (entries.hasNext()) {
      Tuple2<String, String> entry = entries.next();
      if (entry._1().startsWith(prefix)) {
        options.put(entry._1().substring(prefix.length()), entry._2());
      }
    }
    return options;
  }
}
