package io.shufflenet.spark.model.graph;

import java.util.Arrays;
import java.util.List;

/**
 * One value of a network: what an operation makes of other values. Two nodes are the same value
 * only where they are the same object.
 */
public final class Node {
  private final Operation operation;
  private final List<Node> inputs;

  private Node(Operation operation, List<Node> inputs) {
    this.operation = operation;
    this.inputs = List.copyOf(inputs);
  }

  /** The value of {@code operation}, which takes its inputs in this order. */
  public static Node of(Operation operation, Node... inputs) {
    return new Node(operation, Arrays.asList(inputs));
  }

  static Node of(Operation operation, List<Node> inputs) {
    return new Node(operation, inputs);
  }

  public Operation operation() {
    return operation;
  }

  public List<Node> inputs() {
    return inputs;
  }

  /** The first input, of most operations the only one. */
  public Node input() {
    return inputs.get(0);
  }

  /** The operation if it is one of that kind, else null: made for patterns. */
  <T extends Operation> T as(Class<T> kind) {
    return kind.isInstance(operation) ? kind.cast(operation) : null;
  }

  @Override
  public String toString() {
    return operation.toString();
  }
}
