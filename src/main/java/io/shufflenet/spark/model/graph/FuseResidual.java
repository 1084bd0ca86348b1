package io.shufflenet.spark.model.graph;

import io.shufflenet.spark.model.graph.Operation.Activation;
import io.shufflenet.spark.model.graph.Operation.Add;
import io.shufflenet.spark.model.graph.Operation.Convolution;
import java.util.List;

/** The convolution at the end of a unit's branch adds its result to the unit's input itself. */
final class FuseResidual extends Rewrite {
  @Override
  Node replacement(Node node, List<Node> inputs) {
    Add add = node.as(Add.class);
    Convolution branch = add == null ? null : onlyUsedHere(node.inputs().get(1));
    boolean fusible =
        branch != null
            && branch.activation() == Activation.NONE
            && node.inputs().get(1).inputs().size() == 1;
    return fusible ? Node.of(branch, inputs.get(1).input(), inputs.get(0)) : null;
  }
}
