package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.ShortLived;
import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two executors in JVMs of their own, with Kryo as Spark's serializer. */
final class LocalClusterIT {
  private static final Map<String, String> CLUSTER =
      Map.of(
          "spark.master", "local-cluster[2,1,1024]",
          // Nothing runs before both are there.
          "spark.scheduler.minRegisteredResourcesRatio", "1.0",
          "spark.scheduler.maxRegisteredResourcesWaitingTime", "120s",
          "spark.serializer", "org.apache.spark.serializer.KryoSerializer",
          "spark.plugins", "io.shufflenet.spark.inference.ShuffleNetPlugin",
          "spark.executor.extraClassPath", System.getProperty("java.class.path"),
          "spark.executor.extraJavaOptions", String.join(" ", ShortLived.JAVA_OPTIONS),
          // An executor is started from a Spark distribution, unless Spark takes this for its own
          // test.
          "spark.executorEnv.SPARK_SCALA_VERSION", LocalSpark.SCALA,
          "spark.executorEnv.SPARK_SQL_TESTING", "1");

  @TempDir private Path folder;
  private Workplace work;

  @BeforeEach
  void startNoOtherSpark() throws IOException {
    work = new Workplace(folder);
    LocalSpark.session().stop();
    CLUSTER.forEach(System::setProperty);
  }

  @AfterEach
  void forgetTheCluster() {
    CLUSTER.keySet().forEach(System::clearProperty);
    System.setProperty("spark.master", "local[2]");
  }

  @Test
  void everyExecutorBuildsOneClassifierAndEveryImageIsPredicted() throws IOException {
    Said said = work.run("evaluate", "--set", "max-failure-rate=1");

    assertThat(said.exitCode()).as(said.err()).isZero();
    JsonObject run =
        JsonParser.parseString(Files.readString(work.output().resolve("run.json")))
            .getAsJsonObject();
    assertThat(run.get("images").getAsInt()).isEqualTo(Workplace.IMAGES);
    Set<String> executors = new HashSet<>();
    for (JsonElement classifier : run.getAsJsonArray("classifiers")) {
      executors.add(classifier.getAsJsonObject().get("executor").getAsString());
    }
    assertThat(executors).containsExactlyInAnyOrder("0", "1");
    assertThat(run.getAsJsonArray("classifiers")).hasSize(2);
  }
}
