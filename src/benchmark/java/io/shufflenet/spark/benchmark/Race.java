package io.shufflenet.spark.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measurements that take turns, so that what disturbs the machine for a while disturbs all alike.
 *
 * @param <K> what a measurement is called by
 */
final class Race<K> {
  private final Map<K, Measurement> measurements = new LinkedHashMap<>();

  /** One figure, for example images/s. */
  interface Measurement {
    double measure() throws Exception;
  }

  Race<K> with(K key, Measurement measurement) {
    measurements.put(key, measurement);
    return this;
  }

  /** Takes every measurement once and keeps nothing of it. */
  Race<K> warmedUp() throws Exception {
    for (Measurement measurement : measurements.values()) {
      double unused = measurement.measure();
    }
    return this;
  }

  /** The median of each measurement over so many rounds, in the order of {@link #with}. */
  Map<K, Double> medians(int rounds) throws Exception {
    Map<K, List<Double>> figures = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<K, Measurement> entry : measurements.entrySet()) {
        figures
            .computeIfAbsent(entry.getKey(), key -> new ArrayList<>())
            .add(entry.getValue().measure());
      }
    }
    Map<K, Double> medians = new LinkedHashMap<>();
    figures.forEach((key, values) -> medians.put(key, median(values)));
    return medians;
  }

  /** Of at least one value. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
