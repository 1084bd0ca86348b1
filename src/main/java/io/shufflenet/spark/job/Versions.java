package io.shufflenet.spark.job;

import com.typesafe.config.ConfigFactory;

/** Versions that a run tells of itself. */
final class Versions {
  private Versions() {}

  /** Version of this project, written into a resource by the build. */
  static String project() {
    return ConfigFactory.parseResources(Versions.class, "version.conf").getString("version");
  }
}
