package io.shufflenet.spark.storage;

import io.shufflenet.spark.LocalSpark;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Settings of the sessions that tests and commands start from now on, until it is closed. */
public final class SparkSettings implements AutoCloseable {
  private final Map<String, String> before = new HashMap<>();

  public SparkSettings(Map<String, String> settings) {
    LocalSpark.session().stop();
    settings.forEach((key, value) -> before.put(key, System.setProperty(key, value)));
  }

  /** Hadoop as those sessions see it. */
  public static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  @Override
  public void close() {
    LocalSpark.session().stop();
    before.forEach(
        (key, value) -> {
          if (value == null) {
            System.clearProperty(key);
          } else {
            System.setProperty(key, value);
          }
        });
  }
}
