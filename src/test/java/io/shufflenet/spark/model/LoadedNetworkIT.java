package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import io.shufflenet.spark.image.Preprocessing.Resize;
import io.shufflenet.spark.model.torchscript.Precision;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadedNetworkIT {
  private static final Target ONEDNN = Target.of(Backend.ONEDNN, Precision.FLOAT32);
  private static final Target PORTABLE = Target.of(Backend.PORTABLE, Precision.FLOAT32);

  /**
   * Its crops give the first convolution 17 columns, of which no halves are equal: pooling by
   * slices loads and then fails, on every host.
   */
  private static final Preprocessing ODD =
      new Preprocessing(
          "odd", Resize.LINEAR, 34, 34, ChannelOrder.BGR, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));

  private static final int THREADS = 2;
  private static final int BATCHES = 60;

  private final Weights weights = Golden.weights(new Architecture(3, "0.5x"), 10);
  private final NDManager manager = Inputs.cpu();

  @AfterEach
  void free() {
    manager.close();
  }

  @Test
  void takesTheFirstTargetThatRuns() {
    LoadedNetwork network =
        LoadedNetwork.compiled(weights, Preprocessing.MEGVII, List.of(ONEDNN, PORTABLE), manager);

    assertThat(network.kind()).isEqualTo("onednn fp32");
    assertThat(network.isRounded()).isFalse();
    assertThat(network.cropBytes()).isEqualTo(224 * 224 * 3);
  }

  @Test
  void passesOverATargetThatFailsWhenItRuns() {
    List<byte[]> crops = CompiledNetwork.crops(2, 34);

    LoadedNetwork network =
        LoadedNetwork.compiled(weights, ODD, List.of(ONEDNN, PORTABLE), manager);

    assertThat(network.kind()).isEqualTo("portable fp32");
    float[] logits = network.outputs(manager, direct(crops));
    float[][] rows = {row(logits, 0), row(logits, 10)};
    assertThat(CompiledNetwork.difference(rows, CompiledNetwork.blockLogits(weights, ODD, crops)))
        .isLessThan(1e-4);
  }

  @Test
  void theLastFailureIsToldWhereNoTargetRuns() {
    assertThatThrownBy(() -> LoadedNetwork.compiled(weights, ODD, List.of(ONEDNN, ONEDNN), manager))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("The size of tensor a (9) must match the size of tensor b (8)");
  }

  @Test
  void knowsThatShortFloatsRound() {
    Target target = Target.of(Backend.PORTABLE, Precision.BFLOAT16);
    Preprocessing small = Preprocessing.MEGVII.atSize(32);

    LoadedNetwork network = LoadedNetwork.compiled(weights, small, List.of(target), manager);

    assertThat(network.isRounded()).isTrue();
    assertThat(network.kind()).isEqualTo("portable bf16");
  }

  @ParameterizedTest
  @EnumSource
  void threadsGetTheSameBitsBatchAfterBatch(Backend backend) throws Exception {
    Preprocessing preprocessing = Preprocessing.MEGVII.atSize(128);
    LoadedNetwork network =
        LoadedNetwork.compiled(
            weights, preprocessing, List.of(Target.of(backend, Precision.FLOAT32)), manager);
    List<byte[]> crops = CompiledNetwork.crops(8, 128);
    float[] expected = network.outputs(manager, direct(crops));
    Callable<List<float[]>> run =
        () -> {
          List<float[]> logits = new ArrayList<>();
          for (int batch = 0; batch < BATCHES; batch++) {
            logits.add(network.outputs(manager, direct(crops)));
          }
          return logits;
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    List<Future<List<float[]>>> runs;
    try {
      runs = threads.invokeAll(List.of(run, run));
    } finally {
      threads.shutdownNow();
    }

    for (Future<List<float[]>> done : runs) {
      assertThat(done.get())
          .hasSize(BATCHES)
          .allSatisfy(logits -> assertThat(logits).isEqualTo(expected));
    }
  }

  private static ByteBuffer direct(List<byte[]> crops) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(crops.size() * crops.get(0).length);
    crops.forEach(buffer::put);
    return buffer.flip();
  }

  /** The row of ten logits that starts there. */
  private static float[] row(float[] logits, int start) {
    return Arrays.copyOfRange(logits, start, start + 10);
  }
}
