package io.shufflenet.spark.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The parts of the network, from input to output, by the paper's names. */
public enum Stage {
  /** First convolution and max pool; the paper has no name for it. */
  STEM,
  STAGE2,
  STAGE3,
  STAGE4,
  /** The linear layer. */
  CLASSIFIER;

  /** The first unit of each of stages 3 and 4; the units of stage 2 begin at 0. */
  private static final int STAGE3_UNIT = 4;

  private static final int STAGE4_UNIT = 12;

  /**
   * The part of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Stage named(String label) {
    return Arrays.stream(values())
        .filter(stage -> stage.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot use train.freeze-before = %s: it is one of %s"
                        .formatted(label, labels())));
  }

  private static String labels() {
    return Arrays.stream(values()).map(Stage::label).collect(Collectors.joining(", "));
  }

  /** What configuration calls it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The part that the tensor of a state dict belongs to. */
  static Stage of(String tensor) {
    if (tensor.startsWith("first_conv.")) {
      return STEM;
    }
    if (tensor.equals(Architecture.CLASSIFIER_WEIGHT)) {
      return CLASSIFIER;
    }
    int unit = Integer.parseInt(tensor.split("\\.", 3)[1]);
    if (unit < STAGE3_UNIT) {
      return STAGE2;
    }
    return unit < STAGE4_UNIT ? STAGE3 : STAGE4;
  }
}
