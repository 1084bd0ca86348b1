package io.shufflenet.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An Iceberg catalog {@code lake} in a folder. Spark's sessions have it from its opening to its
 * closing, those too that a command starts by itself.
 */
public final class Lake implements AutoCloseable {
  private static final String CATALOG = "spark.sql.catalog.lake";

  private final Map<String, String> properties;

  private Lake(Map<String, String> properties) {
    this.properties = properties;
  }

  public static Lake open(Path warehouse) {
    return open(warehouse.toString(), Map.of());
  }

  /**
   * In a folder of a file system of the test's own.
   *
   * @param fileSystem Spark's properties that make it known
   */
  public static Lake open(String warehouse, Map<String, String> fileSystem) {
    Map<String, String> properties = new TreeMap<>(fileSystem);
    properties.put(CATALOG, "org.apache.iceberg.spark.SparkCatalog");
    properties.put(CATALOG + ".type", "hadoop");
    properties.put(CATALOG + ".warehouse", warehouse);
    properties.forEach(System::setProperty);
    LocalSpark.session().stop();
    return new Lake(properties);
  }

  /**
   * Options for a JVM that is to have it too.
   *
   * @param more properties, which outrank the lake's
   */
  public List<String> javaOptions(Map<String, String> more) {
    return Stream.of(properties, more)
        .flatMap(settings -> settings.entrySet().stream())
        .map(property -> "-D%s=%s".formatted(property.getKey(), property.getValue()))
        .toList();
  }

  @Override
  public void close() {
    properties.keySet().forEach(System::clearProperty);
    LocalSpark.session().stop();
  }
}
