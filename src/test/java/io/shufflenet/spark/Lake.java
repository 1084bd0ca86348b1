package io.shufflenet.spark;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * An Iceberg catalog {@code lake} in a folder. Spark's sessions have it from its opening to its
 * closing, those too that a command starts by itself.
 */
public final class Lake implements AutoCloseable {
  private static final String CATALOG = "spark.sql.catalog.lake";

  private final Set<String> properties;

  private Lake(Set<String> properties) {
    this.properties = properties;
  }

  public static Lake open(Path warehouse) {
    Map<String, String> settings =
        Map.of(
            CATALOG,
            "org.apache.iceberg.spark.SparkCatalog",
            CATALOG + ".type",
            "hadoop",
            CATALOG + ".warehouse",
            warehouse.toString());
    settings.forEach(System::setProperty);
    LocalSpark.session().stop();
    return new Lake(settings.keySet());
  }

  @Override
  public void close() {
    properties.forEach(System::clearProperty);
    LocalSpark.session().stop();
  }
}
