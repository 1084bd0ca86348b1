package io.shufflenet.spark.model.graph;

import io.shufflenet.spark.model.graph.Operation.BatchNorm;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import java.util.List;

/**
 * A normalisation by running statistics is a factor and a summand for each channel: the convolution
 * before it takes both.
 */
final class FoldBatchNorm extends Rewrite {
  @Override
  Node replacement(Node node, List<Node> inputs) {
    BatchNorm norm = node.as(BatchNorm.class);
    Convolution convolution = norm == null ? null : onlyUsedHere(node.input());
    if (convolution == null || convolution.hasBias()) {
      return null;
    }
    double[] gamma = constant(norm.name() + ".weight").values();
    double[] beta = constant(norm.name() + ".bias").values();
    double[] mean = constant(norm.name() + ".running_mean").values();
    double[] variance = constant(norm.name() + ".running_var").values();
    Constant weight = constant(convolution.weight());
    double[] scaled = weight.values().clone();
    double[] bias = new double[gamma.length];
    int length = weight.rowLength();
    for (int channel = 0; channel < bias.length; channel++) {
      double factor = gamma[channel] / Math.sqrt(variance[channel] + BatchNorm.EPSILON);
      bias[channel] = beta[channel] - mean[channel] * factor;
      for (int index = 0; index < length; index++) {
        scaled[channel * length + index] *= factor;
      }
    }
    String folded = norm.name() + ".folded_bias";
    constant(convolution.weight(), new Constant(weight.shape(), scaled));
    constant(folded, new Constant(new int[] {bias.length}, bias));
    return Node.of(convolution.withBias(folded), inputs.get(0).inputs());
  }
}
