package io.shufflenet.spark.job;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Hadoop as Spark will see it, before Spark starts. */
final class Hadoop {
  private Hadoop() {}

  /** Hadoop's configuration, {@code spark.hadoop.*} included. */
  static Configuration configuration() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }
}
