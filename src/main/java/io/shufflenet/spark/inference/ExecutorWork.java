package io.shufflenet.spark.inference;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * What the tasks of this JVM have done since it started, for whatever run: what {@link
 * ShuffleNetPlugin} shows through Spark's metrics system.
 */
enum ExecutorWork {
  IMAGES("images", 1),
  /** Images without a prediction. */
  FAILURES("failures", 1),
  /** Attempts at reading a file after the first. */
  RETRIES("retries", 1),
  READ("seconds.read", 1e9),
  DECODE("seconds.decode", 1e9),
  PREPROCESS("seconds.preprocess", 1e9),
  FORWARD("seconds.forward", 1e9);

  private static final Map<ExecutorWork, LongAdder> SUMS = new EnumMap<>(ExecutorWork.class);

  static {
    for (ExecutorWork work : values()) {
      SUMS.put(work, new LongAdder());
    }
  }

  private final String metric;
  private final double unit;

  /**
   * @param metric its name there
   * @param unit how many of what is added make one of what is shown
   */
  ExecutorWork(String metric, double unit) {
    this.metric = metric;
    this.unit = unit;
  }

  String metric() {
    return metric;
  }

  void add(long amount) {
    SUMS.get(this).add(amount);
  }

  double total() {
    return SUMS.get(this).sum() / unit;
  }

  /** By name. */
  static Map<String, Double> totals() {
    return Arrays.stream(values())
        .collect(Collectors.toMap(ExecutorWork::metric, ExecutorWork::total));
  }
}
