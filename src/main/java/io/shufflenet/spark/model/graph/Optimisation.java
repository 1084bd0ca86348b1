package io.shufflenet.spark.model.graph;

import java.util.Set;

/**
 * Each way in which a network is made faster without computing anything else. They are applied in
 * this order, and each can be left out.
 */
public enum Optimisation {
  /** {@link FoldBatchNorm}. */
  FOLD_BATCH_NORM,
  /** {@link FoldPreprocessing}. */
  FOLD_PREPROCESSING,
  /** {@link FuseResidual}. */
  FUSE_RESIDUAL,
  /** {@link FuseRelu}. */
  FUSE_RELU,
  /** {@link ShuffleIntoWeights}. */
  SHUFFLE_INTO_WEIGHTS,
  /** {@link ShuffleIntoKernel}. */
  SHUFFLE_INTO_KERNEL,
  /** {@link ShuffleIntoDense}. */
  SHUFFLE_INTO_DENSE,
  /** {@link AveragePoolAsConvolution}. */
  AVERAGE_POOL_AS_CONVOLUTION,
  /** {@link MaxPoolAsSlices}. */
  MAX_POOL_AS_SLICES,
  /** {@link SplitColumns}. */
  SPLIT_COLUMNS;

  private Rewrite rewrite() {
    return switch (this) {
      case FOLD_BATCH_NORM -> new FoldBatchNorm();
      case FOLD_PREPROCESSING -> new FoldPreprocessing();
      case FUSE_RESIDUAL -> new FuseResidual();
      case FUSE_RELU -> new FuseRelu();
      case SHUFFLE_INTO_WEIGHTS -> new ShuffleIntoWeights();
      case SHUFFLE_INTO_KERNEL -> new ShuffleIntoKernel();
      case SHUFFLE_INTO_DENSE -> new ShuffleIntoDense();
      case AVERAGE_POOL_AS_CONVOLUTION -> new AveragePoolAsConvolution();
      case MAX_POOL_AS_SLICES -> new MaxPoolAsSlices();
      case SPLIT_COLUMNS -> new SplitColumns();
    };
  }

  /** The same network, with this way alone. */
  public Graph apply(Graph graph) {
    return rewrite().apply(graph);
  }

  /** The same network, with all of them in this enum's order. */
  public static Graph applyAll(Set<Optimisation> optimisations, Graph graph) {
    Graph optimised = graph;
    for (Optimisation optimisation : values()) {
      if (optimisations.contains(optimisation)) {
        optimised = optimisation.apply(optimised);
      }
    }
    return optimised;
  }
}
