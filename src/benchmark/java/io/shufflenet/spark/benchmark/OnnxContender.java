package io.shufflenet.spark.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.shufflenet.spark.image.Preprocessing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime on a CPU at its most optimising, computing in the calling thread alone. A batch is
 * ready when its pixels are normalised, {@code (N, 3, side, side)} float32.
 */
final class OnnxContender implements Contender {
  private static final int COLOURS = 3;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final Preprocessing preprocessing;
  private final OrtSession session;

  OnnxContender(byte[] model, Preprocessing preprocessing) {
    this.preprocessing = preprocessing;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(model, options);
    } catch (OrtException e) {
      throw new IllegalStateException("Cannot load the network into ONNX Runtime: " + e, e);
    }
  }

  static String version() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  @Override
  public String name() {
    return "ONNX Runtime " + version();
  }

  @Override
  public Pass prepare(List<byte[]> crops) {
    int side = preprocessing.cropSize();
    long[] shape = {crops.size(), COLOURS, side, side};
    try {
      return new OnnxPass(OnnxTensor.createTensor(environment, pixels(crops, side), shape));
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  private FloatBuffer pixels(List<byte[]> crops, int side) {
    int area = side * side;
    FloatBuffer pixels =
        ByteBuffer.allocateDirect(crops.size() * COLOURS * area * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (byte[] crop : crops) {
      for (int colour = 0; colour < COLOURS; colour++) {
        float mean = preprocessing.mean().get(colour);
        float deviation = preprocessing.deviation().get(colour);
        for (int at = 0; at < area; at++) {
          pixels.put(((crop[at * COLOURS + colour] & 0xFF) - mean) / deviation);
        }
      }
    }
    return pixels.rewind();
  }

  private static IllegalStateException failure(OrtException cause) {
    return new IllegalStateException("Cannot compute with ONNX Runtime: " + cause, cause);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  private final class OnnxPass implements Pass {
    private final OnnxTensor input;

    OnnxPass(OnnxTensor input) {
      this.input = input;
    }

    @Override
    public float[] logits() {
      try (OrtSession.Result result = session.run(Map.of(OnnxFile.INPUT, input))) {
        FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] copy = new float[logits.remaining()];
        logits.get(copy);
        return copy;
      } catch (OrtException e) {
        throw failure(e);
      }
    }

    @Override
    public void close() {
      input.close();
    }
  }
}
