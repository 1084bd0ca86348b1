package io.shufflenet.spark.model;

import java.util.List;

/**
 * A convolution without bias and the batch normalisation after it, at their place in the network.
 *
 * @param convolution name of the convolution in a state dict, for example {@code first_conv.0}
 * @param normalisation name of the batch normalisation, for example {@code first_conv.1}
 * @param kernel side of the square kernel; the padding keeps the map's size at stride 1
 * @param groups number of groups that input and output channels are divided into
 * @param size side of the square output map for a 224x224 image
 */
record ConvBn(
    String convolution,
    String normalisation,
    int inputs,
    int outputs,
    int kernel,
    int stride,
    int groups,
    int size) {

  String weight() {
    return convolution + ".weight";
  }

  /** {@code (outputs, inputs / groups, kernel, kernel)}. */
  List<Integer> weightShape() {
    return List.of(outputs, inputs / groups, kernel, kernel);
  }

  int padding() {
    return kernel / 2;
  }

  /**
   * Of the convolution on one 224x224 image; the normalisation folds into it and counts nothing.
   */
  long multiplyAdds() {
    long products = (long) inputs / groups * kernel * kernel;
    return products * outputs * size * size;
  }
}
