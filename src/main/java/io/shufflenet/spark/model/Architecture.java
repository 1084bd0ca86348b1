package io.shufflenet.spark.model;

import io.shufflenet.spark.image.Preprocessing;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One of the eight variants of ShuffleNetV1 that Megvii published: what follows from the group
 * number and the width alone. Channel numbers and names are those of Megvii's code and checkpoints.
 *
 * @param group groups of the 1x1 convolutions: 3 or 8
 * @param width {@code 0.5x}, {@code 1.0x}, {@code 1.5x} or {@code 2.0x}
 * @see <a href="https://arxiv.org/abs/1707.01083">ShuffleNet: An Extremely Efficient Convolutional
 *     Neural Network for Mobile Devices</a>
 */
public record Architecture(int group, String width) implements Serializable {
  /** Side in pixels of the square image that the layers' sizes are those for. */
  private static final int INPUT_SIZE = 224;

  static final String CLASSIFIER_WEIGHT = "classifier.0.weight";
  private static final String FAMILY = "shufflenetv1-";
  private static final String BATCH_COUNT = ".num_batches_tracked";
  private static final List<Integer> STAGE_UNITS = List.of(4, 8, 4);

  /** Channels after the first convolution and after each of the three stages. */
  private record Channels(String width, int group, int first, List<Integer> stages) {}

  private static final List<Channels> TABLE =
      List.of(
          new Channels("0.5x", 3, 12, List.of(120, 240, 480)),
          new Channels("0.5x", 8, 16, List.of(192, 384, 768)),
          new Channels("1.0x", 3, 24, List.of(240, 480, 960)),
          new Channels("1.0x", 8, 24, List.of(384, 768, 1536)),
          new Channels("1.5x", 3, 24, List.of(360, 720, 1440)),
          new Channels("1.5x", 8, 24, List.of(576, 1152, 2304)),
          new Channels("2.0x", 3, 48, List.of(480, 960, 1920)),
          new Channels("2.0x", 8, 48, List.of(768, 1536, 3072)));

  /** By width, then by group. */
  public static final List<Architecture> ALL =
      TABLE.stream().map(row -> new Architecture(row.group(), row.width())).toList();

  /**
   * @throws IllegalArgumentException if there is no such variant
   */
  public Architecture {
    channels(group, width);
  }

  private static Channels channels(int group, String width) {
    return TABLE.stream()
        .filter(row -> row.group() == group && row.width().equals(width))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot build ShuffleNetV1 of group "
                        + group
                        + " and width "
                        + width
                        + ": the groups are 3 and 8, the widths 0.5x, 1.0x, 1.5x and 2.0x"));
  }

  private Channels channels() {
    return channels(group, width);
  }

  /**
   * The variant whose state dict shares the most names and shapes with {@code shapes}; of equals
   * the first in {@link #ALL}. The number of classes plays no part.
   */
  static Architecture nearest(Map<String, List<Integer>> shapes) {
    Architecture nearest = ALL.get(0);
    for (Architecture candidate : ALL) {
      if (candidate.shared(shapes) > nearest.shared(shapes)) {
        nearest = candidate;
      }
    }
    return nearest;
  }

  private long shared(Map<String, List<Integer>> shapes) {
    return stateDict(1).entrySet().stream()
        .filter(tensor -> tensor.getValue().equals(shapes.get(tensor.getKey())))
        .count();
  }

  /**
   * The variant called so: a {@link #name}, with or without {@code shufflenetv1-} before it.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Architecture named(String name) {
    return ALL.stream()
        .filter(variant -> variant.name().equals(name) || variant.name().equals(FAMILY + name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot use model.architecture = " + name + ": it is one of " + names()));
  }

  private static String names() {
    return ALL.stream().map(Architecture::name).collect(Collectors.joining(", "));
  }

  /** For example {@code shufflenetv1-1.0x-g3}. */
  public String name() {
    return FAMILY + width + "-g" + group;
  }

  /** Learned numbers: convolutions, normalisations' weights and biases, the linear layer. */
  public long parameters(int classes) {
    return stateDict(classes).entrySet().stream()
        .filter(tensor -> !isStatistic(tensor.getKey()))
        .mapToLong(tensor -> elements(tensor.getValue()))
        .sum();
  }

  /**
   * Of convolutions and the linear layer, for one square image.
   *
   * @param inputSize the image's side in pixels, as {@link Preprocessing#isInputSize} has it
   * @throws IllegalArgumentException if it is another
   */
  public long multiplyAdds(int classes, int inputSize) {
    Preprocessing.requireInputSize(inputSize);
    long convolutions = layers().stream().mapToLong(ConvBn::multiplyAdds).sum();
    long area = (long) inputSize * inputSize;
    return convolutions * area / (INPUT_SIZE * INPUT_SIZE) + (long) features() * classes;
  }

  /**
   * Names and shapes of the tensors of a PyTorch state dict, in its order. A shape without
   * dimensions is that of a single integer ({@code num_batches_tracked}).
   */
  public Map<String, List<Integer>> stateDict(int classes) {
    Map<String, List<Integer>> tensors = new LinkedHashMap<>();
    for (ConvBn layer : layers()) {
      tensors.put(layer.weight(), layer.weightShape());
      List<Integer> channels = List.of(layer.outputs());
      tensors.put(layer.normalisation() + ".weight", channels);
      tensors.put(layer.normalisation() + ".bias", channels);
      tensors.put(layer.normalisation() + ".running_mean", channels);
      tensors.put(layer.normalisation() + ".running_var", channels);
      tensors.put(layer.normalisation() + BATCH_COUNT, List.of());
    }
    tensors.put(CLASSIFIER_WEIGHT, List.of(classes, features()));
    return Collections.unmodifiableMap(tensors);
  }

  /** Whether the tensor of that name is counted or averaged by normalisation, and not learned. */
  static boolean isStatistic(String name) {
    return name.endsWith(".running_mean") || name.endsWith(".running_var") || isBatchCount(name);
  }

  /** Whether it is {@code num_batches_tracked}, which neither inference nor training needs. */
  static boolean isBatchCount(String name) {
    return name.endsWith(BATCH_COUNT);
  }

  /** The name of the weight of the normalisation whose {@code num_batches_tracked} it is. */
  static String normalisationWeight(String batchCount) {
    return batchCount.substring(0, batchCount.length() - BATCH_COUNT.length()) + ".weight";
  }

  static long elements(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  /** Length of the vector that the linear layer takes: the last stage's channels. */
  int features() {
    List<Integer> stages = channels().stages();
    return stages.get(stages.size() - 1);
  }

  /** The stem: 3x3 at stride 2 on the three colour channels. */
  ConvBn firstConvolution() {
    return new ConvBn(
        "first_conv.0", "first_conv.1", 3, channels().first(), 3, 2, 1, INPUT_SIZE / 2);
  }

  /** All 16 units, in order; the first of each stage has stride 2. */
  List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    int inputs = channels().first();
    int size = INPUT_SIZE / 4;
    for (int stage = 0; stage < STAGE_UNITS.size(); stage++) {
      int outputs = channels().stages().get(stage);
      units.add(Unit.at(units.size(), group, inputs, outputs, 2, size));
      size /= 2;
      for (int repeat = 1; repeat < STAGE_UNITS.get(stage); repeat++) {
        units.add(Unit.at(units.size(), group, outputs, outputs, 1, size));
      }
      inputs = outputs;
    }
    return List.copyOf(units);
  }

  private List<ConvBn> layers() {
    List<ConvBn> layers = new ArrayList<>(List.of(firstConvolution()));
    units().forEach(unit -> layers.addAll(unit.layers()));
    return layers;
  }
}
