package io.shufflenet.spark.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * How the doctor runs Spark: with the executors that a job would get, all of them from the start,
 * and each task once and where it belongs.
 *
 * @param overrides of the job's own Spark settings
 * @param executors how many there should be; empty where the cluster manager decides
 * @param dynamic whether a job of these settings gets its executors as it needs them
 */
record DoctorPlan(Map<String, String> overrides, OptionalInt executors, boolean dynamic) {
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*([0-9]+)\\s*,.*");
  private static final String DYNAMIC = "spark.dynamicAllocation.enabled";
  private static final String INSTANCES = "spark.executor.instances";

  static DoctorPlan of(SparkConf conf) {
    boolean dynamic = conf.getBoolean(DYNAMIC, false);
    OptionalInt executors = dynamic ? most(conf) : fixed(conf);
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("spark.task.maxFailures", "1");
    overrides.put("spark.speculation", "false");
    overrides.put("spark.excludeOnFailure.enabled", "false");
    overrides.put("spark.locality.wait.process", "60s");
    overrides.put(DYNAMIC, "false");
    if (dynamic && executors.isPresent()) {
      overrides.put(INSTANCES, Integer.toString(executors.getAsInt()));
    }
    return new DoctorPlan(overrides, executors, dynamic);
  }

  private static OptionalInt most(SparkConf conf) {
    for (String key :
        new String[] {
          "spark.dynamicAllocation.maxExecutors",
          INSTANCES,
          "spark.dynamicAllocation.initialExecutors",
          "spark.dynamicAllocation.minExecutors"
        }) {
      int executors = conf.getInt(key, 0);
      if (executors > 0 && executors < Integer.MAX_VALUE) {
        return OptionalInt.of(executors);
      }
    }
    return OptionalInt.empty();
  }

  private static OptionalInt fixed(SparkConf conf) {
    Matcher localCluster = LOCAL_CLUSTER.matcher(conf.get("spark.master", ""));
    if (localCluster.matches()) {
      return OptionalInt.of(Integer.parseInt(localCluster.group(1)));
    }
    int instances = conf.getInt(INSTANCES, 0);
    if (instances > 0) {
      return OptionalInt.of(instances);
    }
    int cores = conf.getInt("spark.cores.max", 0);
    int coresEach = conf.getInt("spark.executor.cores", 0);
    return cores > 0 && coresEach > 0 ? OptionalInt.of(cores / coresEach) : OptionalInt.empty();
  }
}
