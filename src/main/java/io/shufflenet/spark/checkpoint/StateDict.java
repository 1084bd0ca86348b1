package io.shufflenet.spark.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds the tensors of a network in what a checkpoint holds: under {@code state_dict}, or at the
 * top.
 */
final class StateDict {
  private static final String WRAPPER = "state_dict";

  /** What DataParallel and DistributedDataParallel put before each name. */
  private static final String PARALLEL_PREFIX = "module.";

  private StateDict() {}

  /** The tensors by name, without {@code module.}, in the file's order; at least one. */
  static Map<String, TensorReference> of(Object root) throws FormatException {
    if (!(root instanceof PickleDict top)) {
      throw new FormatException(
          "it holds a %s, where a dictionary of tensors is needed"
              .formatted(Description.kind(root)));
    }
    boolean wrapped = top.entries().get(WRAPPER) instanceof PickleDict;
    PickleDict stateDict = wrapped ? (PickleDict) top.entries().get(WRAPPER) : top;
    Map<String, TensorReference> tensors = tensors(stateDict);
    if (tensors.isEmpty()) {
      throw new FormatException(
          "it has no tensors %s; its keys are: %s"
              .formatted(
                  wrapped ? "under state_dict" : "at its top or under state_dict",
                  Description.keys(stateDict)));
    }
    return tensors;
  }

  private static Map<String, TensorReference> tensors(PickleDict stateDict) throws FormatException {
    Map<String, TensorReference> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : stateDict.entries().entrySet()) {
      if (entry.getValue() instanceof TensorReference tensor) {
        add(tensors, bareName(entry.getKey()), tensor);
      }
    }
    return tensors;
  }

  private static void add(Map<String, TensorReference> tensors, String name, TensorReference tensor)
      throws FormatException {
    if (tensors.put(name, tensor) != null) {
      throw new FormatException(
          "it has the tensor %s twice, with and without the prefix %s"
              .formatted(Description.text(name), PARALLEL_PREFIX));
    }
  }

  private static String bareName(String name) {
    return name.startsWith(PARALLEL_PREFIX) ? name.substring(PARALLEL_PREFIX.length()) : name;
  }
}
