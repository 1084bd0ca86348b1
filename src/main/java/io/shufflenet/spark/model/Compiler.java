package io.shufflenet.spark.model;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import io.shufflenet.spark.model.graph.Graph;
import io.shufflenet.spark.model.graph.Optimisation;
import io.shufflenet.spark.model.torchscript.OneDnnEmitter;
import io.shufflenet.spark.model.torchscript.PortableEmitter;
import io.shufflenet.spark.model.torchscript.Script;

/**
 * Compiles a network to TorchScript: from the one description of it, by rewrites, to operations
 * that libtorch runs fast. The module takes pixels {@code (N, size, size, 3)} of 0..255, of any
 * type and any N, and gives a row of the target's output for each, logits {@code (N, classes)} in
 * float32 for most; {@code size} is the preprocessing's crop size, whose mean and deviation the
 * module applies.
 */
public final class Compiler {
  /** How many images oneDNN's weights are laid out for: what classifiers run on a CPU. */
  static final int CPU_BATCH = 8;

  private Compiler() {}

  /** For pixels in the preprocessing's own channel order. */
  public static Script compile(Weights weights, Preprocessing preprocessing, Target target) {
    return compile(weights, preprocessing, preprocessing.channels(), target);
  }

  /**
   * @param pixels the channel order of the pixels that the module is given
   */
  public static Script compile(
      Weights weights, Preprocessing preprocessing, ChannelOrder pixels, Target target) {
    Graph graph =
        Optimisation.applyAll(
            target.optimisations(),
            NetworkGraph.ofPixels(weights, preprocessing, pixels, target.output()));
    int size = preprocessing.cropSize();
    return switch (target.backend()) {
      case ONEDNN -> OneDnnEmitter.emit(graph, target.precision(), size, CPU_BATCH);
      case PORTABLE -> PortableEmitter.emit(graph, target.precision(), size);
    };
  }
}
