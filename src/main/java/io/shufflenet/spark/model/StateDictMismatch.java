package io.shufflenet.spark.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In what a checkpoint's tensors differ from those of an architecture, told to whoever brought the
 * checkpoint.
 */
final class StateDictMismatch {
  private static final int LISTED = 5;
  private static final List<String> SHUFFLENET_V2 =
      List.of("features.0.branch_proj.", "stage2.0.branch2.", "conv_last.");

  private final Architecture architecture;
  private final Map<String, List<Integer>> expected;
  private final Map<String, List<Integer>> found;

  /** Compares by name and shape; counts of batches may be absent, and of any shape. */
  StateDictMismatch(Architecture architecture, int classes, Map<String, List<Integer>> found) {
    this.architecture = architecture;
    this.expected = withoutBatchCounts(architecture.stateDict(classes));
    this.found = withoutBatchCounts(found);
  }

  private static Map<String, List<Integer>> withoutBatchCounts(Map<String, List<Integer>> shapes) {
    return shapes.entrySet().stream()
        .filter(tensor -> !Architecture.isBatchCount(tensor.getKey()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  /**
   * @throws IllegalArgumentException if there is any; it lists missing, unexpected and wrongly
   *     shaped tensors, each list bounded, or says that this is another network
   */
  void refuse(String checkpoint) {
    if (found.equals(expected)) {
      return;
    }
    long known = expected.keySet().stream().filter(found::containsKey).count();
    if (known * 2 < expected.size()) {
      throw new IllegalArgumentException(
          "Cannot load checkpoint " + checkpoint + ": " + foreign(known));
    }
    throw new IllegalArgumentException(
        "Cannot load checkpoint %s as %s: %s"
            .formatted(checkpoint, architecture.name(), String.join("; ", differences())));
  }

  private String foreign(long known) {
    return ("it is not ShuffleNetV1 as Megvii names its tensors%s: of the %d names that %s has,"
            + " among them first_conv.0.weight, features.0.branch_main_1.0.weight and"
            + " classifier.0.weight, it has %d; its own are %s")
        .formatted(
            looksLikeShuffleNetV2() ? ", it looks like ShuffleNetV2" : "",
            expected.size(),
            architecture.name(),
            known,
            list(found.keySet()));
  }

  private boolean looksLikeShuffleNetV2() {
    return found.keySet().stream()
        .anyMatch(name -> SHUFFLENET_V2.stream().anyMatch(name::startsWith));
  }

  private List<String> differences() {
    List<String> differences = new ArrayList<>();
    addIfAny(differences, "missing", absent(expected, found), expected.size());
    addIfAny(differences, "unexpected", absent(found, expected), found.size());
    addIfAny(differences, "of another shape", reshaped(), expected.size());
    return differences;
  }

  private static void addIfAny(
      List<String> differences, String kind, List<String> names, int total) {
    if (!names.isEmpty()) {
      differences.add("%s (%d of %d): %s".formatted(kind, names.size(), total, list(names)));
    }
  }

  private static List<String> absent(
      Map<String, List<Integer>> names, Map<String, List<Integer>> from) {
    Set<String> present = from.keySet();
    return names.keySet().stream().filter(name -> !present.contains(name)).toList();
  }

  private List<String> reshaped() {
    return expected.keySet().stream()
        .filter(found::containsKey)
        .filter(name -> !found.get(name).equals(expected.get(name)))
        .map(name -> "%s is %s, not %s".formatted(name, found.get(name), expected.get(name)))
        .toList();
  }

  private static String list(Collection<String> names) {
    String first = names.stream().limit(LISTED).collect(Collectors.joining(", "));
    int more = names.size() - LISTED;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
