package io.shufflenet.spark.cluster;

import io.shufflenet.spark.LocalSpark;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a Spark distribution is for those who start something from it: its jars, among them older
 * ones of libraries that this project brings along, and {@code bin/spark-submit}. Made of the jars
 * that Maven resolved.
 */
final class SparkDistribution {
  /** The build folder, in which tests run. */
  static final Path TARGET = Path.of("").toAbsolutePath();

  private static final Path OLDER = TARGET.resolve("older-jars");

  /** Spark's own script does the same in more words. */
  private static final String SPARK_SUBMIT =
      """
      #!/usr/bin/env bash
      # The launcher prints the JVM's whole command line, after a line of its own.
      set -euo pipefail
      export SPARK_SCALA_VERSION=%s
      mapfile -d '' -t command < <("$JAVA_HOME/bin/java" -cp "$SPARK_HOME/jars/*" \\
        org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@" | tail -n +2)
      exec "${command[@]:?}"
      """;

  private SparkDistribution() {}

  /** Lays one out in a new folder. */
  static Path in(Path home) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    Set<String> older = older();
    for (Path jar : resolved()) {
      if (older.stream().noneMatch(name -> isVersionOf(name, jar))) {
        Files.copy(jar, jars.resolve(jar.getFileName()));
      }
    }
    for (String name : older) {
      Files.copy(OLDER.resolve(name + ".jar"), jars.resolve(name + ".jar"));
    }
    Path bin = Files.createDirectories(home.resolve("bin"));
    executable(bin.resolve("spark-submit"), SPARK_SUBMIT.formatted(LocalSpark.SCALA));
    return home;
  }

  /** Writes a script that can be run. */
  static Path executable(Path file, String script) throws IOException {
    Files.writeString(file, script);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Set<String> older() throws IOException {
    try (Stream<Path> jars = Files.list(OLDER)) {
      return jars.map(jar -> jar.getFileName().toString().replace(".jar", ""))
          .collect(Collectors.toSet());
    }
  }

  private static List<Path> resolved() throws IOException {
    String classPath = Files.readString(TARGET.resolve("spark.classpath"));
    return Stream.of(classPath.strip().split(File.pathSeparator)).map(Path::of).toList();
  }

  private static boolean isVersionOf(String name, Path jar) {
    return jar.getFileName().toString().matches(name + "-[0-9].*");
  }
}
