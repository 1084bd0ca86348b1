package io.shufflenet.spark.model;

import io.shufflenet.spark.checkpoint.Checkpoint;
import io.shufflenet.spark.checkpoint.CheckpointException;
import io.shufflenet.spark.checkpoint.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights of one network, complete and finite, in plain Java memory: what the driver reads once
 * and broadcasts. Variant and number of classes follow from the tensors.
 */
public final class Weights implements Network {
  private static final long serialVersionUID = 1L;
  private static final Set<Tensor.Type> FLOATS =
      EnumSet.of(
          Tensor.Type.FLOAT64, Tensor.Type.FLOAT32, Tensor.Type.FLOAT16, Tensor.Type.BFLOAT16);

  private final Architecture architecture;
  private final int classes;
  private final String sha256;
  private final Map<String, Tensor> tensors;

  private Weights(
      Architecture architecture, int classes, String sha256, Map<String, Tensor> tensors) {
    this.architecture = architecture;
    this.classes = classes;
    this.sha256 = sha256;
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /**
   * The weights in the content of a checkpoint file; {@code name} is what messages call it.
   *
   * @throws CheckpointException if the content is no readable checkpoint
   * @throws IllegalArgumentException if it is one of another network, lacks tensors or has others,
   *     or if a weight is NaN or infinite or a variance negative
   */
  public static Weights read(byte[] file, String name) throws CheckpointException {
    return of(Checkpoint.read(file, name).tensors(), name, Digest.sha256(file));
  }

  /**
   * Untrained weights: Megvii's initialisation, the same for the same seed.
   *
   * @param classes at least 1
   */
  public static Weights initialised(Architecture architecture, int classes, long seed) {
    if (classes < 1) {
      throw new IllegalArgumentException(
          "Cannot initialise " + architecture.name() + " for " + classes + " classes: at least 1");
    }
    Map<String, Tensor> tensors = Initialisation.of(architecture, classes, seed);
    String origin = architecture.name() + " of seed " + seed + " for " + classes + " classes";
    String sha256 = Digest.sha256(origin.getBytes(StandardCharsets.UTF_8));
    return new Weights(architecture, classes, sha256, tensors);
  }

  /**
   * The same network for other classes: the linear layer starts anew, by Megvii's initialisation,
   * and all else is kept.
   *
   * @param classes at least 1
   */
  public Weights withClasses(int classes, long seed) {
    Weights fresh = initialised(architecture, classes, seed);
    Map<String, Tensor> replaced = new LinkedHashMap<>(tensors);
    replaced.put(Architecture.CLASSIFIER_WEIGHT, fresh.tensors.get(Architecture.CLASSIFIER_WEIGHT));
    return new Weights(architecture, classes, sha256, replaced);
  }

  static Weights of(Map<String, Tensor> found, String name, String sha256) {
    Map<String, List<Integer>> shapes = shapes(found);
    Architecture architecture = Architecture.nearest(shapes);
    int classes = classes(shapes);
    new StateDictMismatch(architecture, classes, shapes).refuse(name);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String tensor : architecture.stateDict(classes).keySet()) {
      tensors.put(
          tensor,
          Architecture.isBatchCount(tensor)
              ? batchCount(found.get(tensor))
              : float32(found.get(tensor), tensor, name));
    }
    return new Weights(architecture, classes, sha256, tensors);
  }

  private static Map<String, List<Integer>> shapes(Map<String, Tensor> tensors) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> shapes.put(name, Arrays.stream(tensor.shape()).boxed().toList()));
    return shapes;
  }

  /** What the linear layer tells; 1 where it tells nothing, for it will be refused then. */
  private static int classes(Map<String, List<Integer>> shapes) {
    List<Integer> shape = shapes.getOrDefault(Architecture.CLASSIFIER_WEIGHT, List.of());
    return shape.isEmpty() ? 1 : Math.max(1, shape.get(0));
  }

  /** Old checkpoints lack it. */
  private static Tensor batchCount(Tensor found) {
    boolean usable =
        found != null && found.type() == Tensor.Type.INT64 && found.shape().length == 0;
    return usable ? found : Tensor.ofLong(0);
  }

  private static Tensor float32(Tensor found, String name, String checkpoint) {
    if (!FLOATS.contains(found.type())) {
      throw invalid(checkpoint, name, "is of type " + found.type() + ", not of floating point");
    }
    float[] values = found.toFloats();
    for (int index = 0; index < values.length; index++) {
      if (!Float.isFinite(values[index])) {
        throw invalid(checkpoint, name, "is " + values[index] + " at element " + index);
      }
      if (values[index] < 0 && name.endsWith(".running_var")) {
        throw invalid(checkpoint, name, "has the negative variance " + values[index]);
      }
    }
    return found.type() == Tensor.Type.FLOAT32 ? found : Tensor.ofFloats(values, found.shape());
  }

  private static IllegalArgumentException invalid(String checkpoint, String name, String reason) {
    return new IllegalArgumentException(
        "Cannot load checkpoint " + checkpoint + ": " + name + " " + reason);
  }

  /**
   * Checks what a user says about the checkpoint.
   *
   * @throws IllegalArgumentException if it is of another variant
   */
  public void requireArchitecture(Architecture claimed) {
    if (!claimed.equals(architecture)) {
      throw new IllegalArgumentException(
          "Cannot use the checkpoint as model.architecture = %s: its tensors are those of %s"
              .formatted(claimed.name(), architecture.name()));
    }
  }

  public Architecture architecture() {
    return architecture;
  }

  @Override
  public int classes() {
    return classes;
  }

  /** That of the architecture. */
  @Override
  public String name() {
    return architecture.name();
  }

  /** Of untrained weights, of what they are initialised from. */
  @Override
  public String sha256() {
    return sha256;
  }

  /**
   * All that {@link Architecture#stateDict} lists, in its order; float32 but for the counts of
   * batches.
   */
  public Map<String, Tensor> tensors() {
    return tensors;
  }
}
