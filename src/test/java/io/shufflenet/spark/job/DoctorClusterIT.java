package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.ShortLived;
import io.shufflenet.spark.inference.Finding;
import io.shufflenet.spark.job.Workplace.Said;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two executors in JVMs of their own, with Kryo as Spark's serializer. */
final class DoctorClusterIT {
  private static final Map<String, String> CLUSTER =
      Map.of(
          "spark.master",
          "local-cluster[2,1,1024]",
          "spark.serializer",
          "org.apache.spark.serializer.KryoSerializer",
          "spark.executor.extraClassPath",
          System.getProperty("java.class.path"),
          "spark.executor.extraJavaOptions",
          String.join(" ", ShortLived.JAVA_OPTIONS),
          // An executor is started from a Spark distribution, unless Spark takes this for its own
          // test.
          "spark.executorEnv.SPARK_SCALA_VERSION",
          LocalSpark.SCALA,
          "spark.executorEnv.SPARK_SQL_TESTING",
          "1");

  private final Map<String, String> set = new HashMap<>();

  @BeforeEach
  void startNoOtherSpark() {
    LocalSpark.session().stop();
    set(CLUSTER);
  }

  @AfterEach
  void forgetTheCluster() {
    set.keySet().forEach(System::clearProperty);
    System.setProperty("spark.master", "local[2]");
  }

  private void set(Map<String, String> properties) {
    set.putAll(properties);
    properties.forEach(System::setProperty);
  }

  @Test
  void everyExecutorIsALineAndAFolderThatTwoShareIsAFault() {
    Said said = Workplace.say("doctor", "--model", GoldenFiles.CHECKPOINT.toString());

    assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(1);
    assertThat(said.out())
        .startsWith("2 executors of local-cluster[2,1,1024], Spark " + LocalSpark.VERSION + "; ")
        .containsPattern("\n  0 .* equal ")
        .containsPattern("\n  1 .* equal ")
        .contains("Fault of executor 0, executor 1: libtorch unpacks into ")
        .contains("Fault of executor 0, executor 1: OpenCV unpacks into ")
        .contains(
            "a folder of its own, as conf/spark-cluster.conf does: --conf spark.executorEnv.DJL_CACHE");
  }

  @Test
  void whatEndsAnExecutorIsAFindingAndLeavesTheOthersAlone() throws Exception {
    DoctorPlan plan = DoctorPlan.of(new SparkConf());
    SparkSession.Builder builder = SparkSession.builder();
    plan.overrides().forEach(builder::config);
    try (SparkSession spark = builder.getOrCreate()) {
      SparkContext context = spark.sparkContext();
      List<DoctorExecutor> executors = DoctorExecutor.await(context, OptionalInt.of(2));

      Map<String, Finding<String>> findings =
          new DoctorVisits(context).visit(executors, DoctorClusterIT::endOfTheFirst);

      assertThat(findings.get("0").failure()).contains("exited", "134");
      assertThat(findings.get("1")).isEqualTo(Finding.of("1"));
    }
  }

  private static String endOfTheFirst() {
    String executor = SparkEnv.get().executorId();
    if (executor.equals("0")) {
      Runtime.getRuntime().halt(134);
    }
    return executor;
  }
}
