package io.shufflenet.spark;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session that the tests of one JVM share: two cores, no UI, nothing outside the build
 * folder.
 */
public final class LocalSpark {
  static {
    // As system properties, so that a command that starts Spark by itself starts the same one.
    Map.of(
            "spark.master", "local[2]",
            "spark.app.name", "tests",
            "spark.ui.enabled", "false",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.driver.host", "127.0.0.1",
            "spark.sql.shuffle.partitions", "2",
            "spark.sql.session.timeZone", "UTC",
            "spark.sql.extensions", "io.shufflenet.spark.sql.ShuffleNetExtensions",
            "spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/warehouse")
        .forEach(System::setProperty);
  }

  /** Of this Spark: 3.5.9. */
  public static final String VERSION = org.apache.spark.package$.MODULE$.SPARK_VERSION();

  /** Of the Scala that this Spark is built with, as its scripts and images are named: 2.12. */
  public static final String SCALA =
      scala.util.Properties.versionNumberString().replaceFirst("\\.\\d+$", "");

  private LocalSpark() {}

  public static SparkSession session() {
    return SparkSession.builder().getOrCreate();
  }
}
