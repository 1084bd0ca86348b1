package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.model.BlockContender;
import io.shufflenet.spark.model.CompiledContender;
import io.shufflenet.spark.model.FoldedGraph;
import io.shufflenet.spark.model.Weights;
import io.shufflenet.spark.model.torchscript.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One network in every library that it is measured in. */
final class Contenders implements AutoCloseable {
  private final Contender block;
  private final Map<Precision, Contender> compiled = new LinkedHashMap<>();
  private final Map<String, String> absent = new LinkedHashMap<>();
  private final Contender onnx;

  private Contenders(Weights weights) {
    block = BlockContender.of(weights, Setup.PREPROCESSING);
    addCompiled(Precision.FLOAT32, weights);
    if (CompiledContender.runsHere(Precision.BFLOAT16)) {
      addCompiled(Precision.BFLOAT16, weights);
    } else {
      absent.put(CompiledContender.name(Precision.BFLOAT16), "not on this CPU, which has no bf16");
    }
    onnx = onnx(weights);
  }

  static Contenders of(Weights weights) {
    return new Contenders(weights);
  }

  private void addCompiled(Precision precision, Weights weights) {
    compiled.put(precision, CompiledContender.of(weights, Setup.PREPROCESSING, precision));
  }

  private static Contender onnx(Weights weights) {
    byte[] file = OnnxNetwork.bytes(FoldedGraph.of(weights), Setup.PREPROCESSING.cropSize());
    return new OnnxContender(file, Setup.PREPROCESSING);
  }

  Contender block() {
    return block;
  }

  Contender onnx() {
    return onnx;
  }

  List<String> compiledNames() {
    return compiled.values().stream().map(Contender::name).toList();
  }

  List<Precision> precisions() {
    return List.copyOf(compiled.keySet());
  }

  List<String> names() {
    return all().stream().map(Contender::name).toList();
  }

  /** Why a contender is not measured, by its name. */
  Map<String, String> absent() {
    return absent;
  }

  private List<Contender> all() {
    List<Contender> all = new ArrayList<>(List.of(block));
    all.addAll(compiled.values());
    all.add(onnx);
    return all;
  }

  /** How far each is from the block, by its name. */
  Map<String, Agreement> agreements(List<byte[]> crops, List<Integer> batches) {
    Map<String, Agreement> agreements = new LinkedHashMap<>();
    for (Contender contender : all()) {
      agreements.put(contender.name(), Agreement.of(block, contender, crops, batches));
    }
    return agreements;
  }

  /**
   * Those that compute the block's logits. One that should and does not is {@link #absent} from
   * then on; in bf16 all logits are off by more.
   */
  List<Contender> right(Map<String, Agreement> agreements) {
    List<Contender> right = new ArrayList<>();
    for (Contender contender : all()) {
      Agreement agreement = agreements.get(contender.name());
      boolean rounded = contender == compiled.get(Precision.BFLOAT16);
      if (agreement.isExact() || (rounded && agreement.isClose())) {
        right.add(contender);
      } else {
        absent.put(contender.name(), "WRONG, its logits are off by " + agreement.text());
      }
    }
    return right;
  }

  @Override
  public void close() {
    all().forEach(Contender::close);
  }
}
