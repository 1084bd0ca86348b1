package io.shufflenet.spark.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Finds tensors in what a checkpoint holds: those of a network, under {@code state_dict} or at the
 * top, and those of another section.
 */
final class StateDict {
  private static final String WRAPPER = "state_dict";

  /** What DataParallel and DistributedDataParallel put before each name. */
  private static final String PARALLEL_PREFIX = "module.";

  private StateDict() {}

  /** The tensors by name, without {@code module.}, in the file's order; at least one. */
  static Map<String, TensorReference> of(Object root) throws FormatException {
    PickleDict top = top(root);
    boolean wrapped = top.entries().get(WRAPPER) instanceof PickleDict;
    PickleDict stateDict = wrapped ? (PickleDict) top.entries().get(WRAPPER) : top;
    Map<String, TensorReference> tensors = tensors(stateDict, StateDict::bareName);
    if (tensors.isEmpty()) {
      throw new FormatException(
          "it has no tensors %s; its keys are: %s"
              .formatted(
                  wrapped ? "under state_dict" : "at its top or under state_dict",
                  Description.keys(stateDict)));
    }
    return tensors;
  }

  /** The tensors by name in the dictionary under {@code name}, in the file's order. */
  static Map<String, TensorReference> section(Object root, String name) throws FormatException {
    PickleDict top = top(root);
    if (!(top.entries().get(name) instanceof PickleDict section)) {
      throw new FormatException(
          "it has no section %s; its keys are: %s".formatted(name, Description.keys(top)));
    }
    return tensors(section, UnaryOperator.identity());
  }

  private static PickleDict top(Object root) throws FormatException {
    if (root instanceof PickleDict top) {
      return top;
    }
    throw new FormatException(
        "it holds a %s, where a dictionary of tensors is needed".formatted(Description.kind(root)));
  }

  private static Map<String, TensorReference> tensors(PickleDict dict, UnaryOperator<String> naming)
      throws FormatException {
    Map<String, TensorReference> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : dict.entries().entrySet()) {
      if (entry.getValue() instanceof TensorReference tensor) {
        add(tensors, naming.apply(entry.getKey()), tensor);
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
