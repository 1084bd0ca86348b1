package io.shufflenet.spark.model.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network: the value that it gives, and the constants that its operations name. Immutable; {@link
 * Rewrite rewrites} make others of it that compute the same.
 */
public final class Graph {
  private final Node output;
  private final Map<String, Constant> constants;
  private final List<Node> nodes;
  private final Map<Node, Integer> uses = new HashMap<>();

  public Graph(Node output, Map<String, Constant> constants) {
    this.output = output;
    this.constants = Map.copyOf(constants);
    this.nodes = inOrder(output);
    for (Node node : nodes) {
      node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
    }
  }

  /** All values that {@code output} needs and itself, each after its own inputs. */
  public static List<Node> inOrder(Node output) {
    Set<Node> ordered = new LinkedHashSet<>(); // nodes have the identity of objects
    visit(output, ordered);
    return List.copyOf(ordered);
  }

  private static void visit(Node node, Set<Node> ordered) {
    if (!ordered.contains(node)) {
      node.inputs().forEach(input -> visit(input, ordered));
      ordered.add(node);
    }
  }

  /** For each value that is an input of another, the node that needs it last. */
  public static Map<Node, Node> lastUsers(List<Node> inOrder) {
    Map<Node, Node> lastUsers = new HashMap<>();
    for (Node node : inOrder) {
      node.inputs().forEach(input -> lastUsers.put(input, node));
    }
    return lastUsers;
  }

  public Node output() {
    return output;
  }

  /** Each after its inputs; the output last. */
  public List<Node> nodes() {
    return nodes;
  }

  /** By name; unmodifiable. */
  public Map<String, Constant> constants() {
    return constants;
  }

  /**
   * @throws IllegalArgumentException if there is none of that name
   */
  public Constant constant(String name) {
    Constant constant = constants.get(name);
    if (constant == null) {
      throw new IllegalArgumentException("Cannot find the constant " + name + " in the graph");
    }
    return constant;
  }

  /** How many nodes take this one as an input. */
  int uses(Node node) {
    return uses.getOrDefault(node, 0);
  }

  /** The operations' names in order: for messages and tests. */
  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    nodes.forEach(node -> names.add(node.operation().getClass().getSimpleName()));
    return String.join(" ", names);
  }
}
