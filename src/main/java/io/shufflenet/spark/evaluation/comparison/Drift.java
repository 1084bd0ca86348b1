package io.shufflenet.spark.evaluation.comparison;

import io.shufflenet.spark.evaluation.comparison.FeatureDrift.BinPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * How differently two runs are made up, whether or not they share images and labels.
 *
 * @param features one for each {@link Feature}, in their order
 */
public record Drift(List<FeatureDrift> features) {
  public Drift {
    features = List.copyOf(features);
  }

  /**
   * @param classes the common ones of both runs
   */
  public static Drift of(RunProfile a, RunProfile b, CommonClasses classes) {
    return new Drift(
        Arrays.stream(Feature.values())
            .map(feature -> FeatureDrift.of(feature, pairs(feature, a, b, classes)))
            .toList());
  }

  private static List<BinPair> pairs(
      Feature feature, RunProfile a, RunProfile b, CommonClasses classes) {
    Map<String, Long> countsA = a.of(feature);
    Map<String, Long> countsB = b.of(feature);
    return switch (feature) {
      case PREDICTED_CLASS -> classPairs(countsA, countsB, classes);
      case FAILURE -> failurePairs(countsA, countsB);
      case CONFIDENCE, MEGAPIXELS, ASPECT_RATIO ->
          numberedPairs(RunProfile.names(feature), countsA, countsB);
    };
  }

  private static List<BinPair> classPairs(
      Map<String, Long> a, Map<String, Long> b, CommonClasses classes) {
    long[] ofB = new long[classes.names().size()];
    for (int index = 0; index < classes.ofB().size(); index++) {
      ofB[classes.ofB().get(index)] = at(b, index);
    }
    int classesOfA = classes.names().size() - classes.onlyB().size();
    List<BinPair> pairs = new ArrayList<>();
    for (int index = 0; index < ofB.length; index++) {
      long ofA = index < classesOfA ? at(a, index) : 0;
      pairs.add(new BinPair(classes.names().get(index), ofA, ofB[index]));
    }
    return pairs;
  }

  private static List<BinPair> failurePairs(Map<String, Long> a, Map<String, Long> b) {
    TreeSet<String> kinds = new TreeSet<>(a.keySet());
    kinds.addAll(b.keySet());
    return kinds.stream()
        .map(kind -> new BinPair(kind, a.getOrDefault(kind, 0L), b.getOrDefault(kind, 0L)))
        .toList();
  }

  private static List<BinPair> numberedPairs(
      List<String> names, Map<String, Long> a, Map<String, Long> b) {
    List<BinPair> pairs = new ArrayList<>();
    for (int bin = 0; bin < names.size(); bin++) {
      pairs.add(new BinPair(names.get(bin), at(a, bin), at(b, bin)));
    }
    return pairs;
  }

  private static long at(Map<String, Long> counts, int bin) {
    return counts.getOrDefault(Integer.toString(bin), 0L);
  }
}
