package io.shufflenet.spark.model.graph;

import java.util.List;

/**
 * What a network does. Maps are {@code (N, C, H, W)}; a weight is called by its name among a {@link
 * Graph}'s constants. First come those of the network as it is trained, then those that pixels go
 * through before it, then those that come of rewrites.
 */
public sealed interface Operation {

  /** The network's input: of a network as it is trained, normalised pixels. */
  record Input() implements Operation {}

  /**
   * A convolution, and what is fused with it. With a second input that one, a map of the result's
   * shape, is added before the activation.
   *
   * @param weight {@code (outputs, inputs / groups, kernel height, kernel width)}
   * @param bias {@code (outputs)}; empty where there is none
   * @param padding rows and columns of zeros at either side
   */
  record Convolution(
      String weight, String bias, Extent stride, Extent padding, int groups, Activation activation)
      implements Operation {
    /** Without bias and activation, as it is trained. */
    public Convolution(String weight, int stride, int padding, int groups) {
      this(weight, "", Extent.square(stride), Extent.square(padding), groups, Activation.NONE);
    }

    Convolution with(Activation fused) {
      return new Convolution(weight, bias, stride, padding, groups, fused);
    }

    Convolution withGroups(int number) {
      return new Convolution(weight, bias, stride, padding, number, activation);
    }

    Convolution withBias(String added) {
      return new Convolution(weight, added, stride, padding, groups, activation);
    }

    public boolean hasBias() {
      return !bias.isEmpty();
    }
  }

  /** What follows a convolution in the same operation. */
  enum Activation {
    NONE,
    RELU
  }

  /**
   * Batch normalisation by four constants: {@code name.weight}, {@code name.bias}, {@code
   * name.running_mean}, {@code name.running_var}.
   */
  record BatchNorm(String name) implements Operation {
    /** What is added to a variance. */
    public static final double EPSILON = 1e-5;
  }

  /** The larger of a value and zero. */
  record Relu() implements Operation {}

  /** The sum of two maps. */
  record Add() implements Operation {}

  /** The channels of the first input, then those of the second. */
  record Concat() implements Operation {}

  /** Views C channels as (C / groups, groups) and swaps the two. */
  record ChannelShuffle(int groups) implements Operation {}

  /** 3x3 at stride 2 with a border of 1. */
  record MaxPool() implements Operation {}

  /** 3x3 at stride 2 with a border of 1, whose zeros count. */
  record AveragePool() implements Operation {}

  /** {@code (N, C, H, W)} to the means {@code (N, C)}. */
  record GlobalAveragePool() implements Operation {}

  /** {@code (N, C)} times the transposed weight {@code (classes, C)}, without bias. */
  record Linear(String weight) implements Operation {}

  /** Pixels {@code (N, H, W, 3)} with each one's first and last value swapped. */
  record ReverseColours() implements Operation {}

  /** Pixels {@code (N, H, W, 3)} of any type to {@code (N, 3, H, W)} in the network's precision. */
  record Planes() implements Operation {}

  /** {@code (x - mean) / deviation} for each of the three channels. */
  record Normalise(List<Float> mean, List<Float> deviation) implements Operation {}

  /** {@link MaxPool} of a map of an even number of rows and columns, by the maxima of slices. */
  record MaxPoolBySlices() implements Operation {}

  /**
   * {@link MaxPoolBySlices} of a map whose even columns are the first input and whose odd columns
   * the second.
   */
  record MaxPoolOfColumns() implements Operation {}

  /** A map without its first column. */
  record WithoutFirstColumn() implements Operation {}

  /**
   * Splits the channels of each pixel into {@code parts} pixels that lie beside each other: {@code
   * (N, C, H, W)} to {@code (N, C / parts, H, parts * W)}.
   */
  record SplitPixels(int parts) implements Operation {}
}
