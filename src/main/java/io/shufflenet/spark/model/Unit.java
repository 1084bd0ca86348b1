package io.shufflenet.spark.model;

import java.util.List;

/**
 * One residual unit: 1x1 grouped convolution to a quarter of the stage's width, 3x3 depthwise
 * convolution, channel shuffle, 1x1 grouped convolution. At stride 1 the branch is added to the
 * input; at stride 2 it is concatenated to the average-pooled input, and so gives only the channels
 * that the input lacks.
 *
 * @param group groups of the 1x1 convolutions and of the channel shuffle
 */
record Unit(int group, int stride, ConvBn reduce, ConvBn depthwise, ConvBn expand) {

  /**
   * The unit at place {@code index} of all 16.
   *
   * @param size side of the square input map for a 224x224 image
   */
  static Unit at(int index, int group, int inputs, int outputs, int stride, int size) {
    String name = "features." + index + ".branch_main_";
    int middle = outputs / 4;
    int branch = stride == 1 ? outputs : outputs - inputs;
    int reduceGroups = index == 0 ? 1 : group;
    int half = size / stride;
    return new Unit(
        group,
        stride,
        new ConvBn(name + "1.0", name + "1.1", inputs, middle, 1, 1, reduceGroups, size),
        new ConvBn(name + "1.3", name + "1.4", middle, middle, 3, stride, middle, half),
        new ConvBn(name + "2.0", name + "2.1", middle, branch, 1, 1, group, half));
  }

  List<ConvBn> layers() {
    return List.of(reduce, depthwise, expand);
  }
}
