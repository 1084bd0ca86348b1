package io.shufflenet.spark.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Decodes and computes in turn in the task's own thread: for a CPU, whose cores Spark has dealt out
 * to the tasks already. A batch is computed when it is full, or when one of its answers is asked
 * for.
 */
final class InTurn implements Forward {
  private final Device device;
  private final LongConsumer forwarded;
  private Batch open = new Batch();

  /**
   * @param forwarded hears the nanoseconds that each batch took
   */
  InTurn(Device device, LongConsumer forwarded) {
    this.device = device;
    this.forwarded = forwarded;
  }

  private final class Batch {
    private final List<byte[]> crops = new ArrayList<>();
    private float[][] outputs;

    float[] output(int place) {
      if (outputs == null) {
        compute();
      }
      return outputs[place];
    }

    void compute() {
      open = new Batch();
      long started = System.nanoTime();
      outputs = device.outputs(crops);
      forwarded.accept(System.nanoTime() - started);
      crops.clear();
    }
  }

  @Override
  public int batchSize() {
    return device.batchSize();
  }

  @Override
  public int depth() {
    return device.batchSize();
  }

  @Override
  public Answer submit(byte[] crop) {
    Batch batch = open;
    int place = batch.crops.size();
    batch.crops.add(crop);
    if (batch.crops.size() >= device.batchSize()) {
      batch.compute();
    }
    return () -> batch.output(place);
  }

  @Override
  public void close() {
    open = new Batch();
  }
}
