package io.shufflenet.spark.inference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Gives back each crop's first byte as its only logit, and remembers what it computed. */
final class FakeDevice implements Device {
  /** A crop that it fails on. */
  static final byte FAULT = -1;

  private final int batchSize;
  private final Semaphore entered = new Semaphore(0);
  private final Semaphore released;
  private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());

  private FakeDevice(int batchSize, Semaphore released) {
    this.batchSize = batchSize;
    this.released = released;
  }

  /** Answers at once. */
  static FakeDevice prompt(int batchSize) {
    return new FakeDevice(batchSize, new Semaphore(Integer.MAX_VALUE));
  }

  /** Computes for ever, until it is released. */
  static FakeDevice held(int batchSize) {
    return new FakeDevice(batchSize, new Semaphore(0));
  }

  static byte[] crop(int value) {
    return new byte[] {(byte) value};
  }

  @Override
  public int batchSize() {
    return batchSize;
  }

  @Override
  public float[][] outputs(List<byte[]> crops) {
    batches.add(crops.stream().map(crop -> (int) crop[0]).toList());
    entered.release();
    released.acquireUninterruptibly();
    if (crops.stream().anyMatch(crop -> crop[0] == FAULT)) {
      throw new IllegalArgumentException("a fault");
    }
    return crops.stream().map(crop -> new float[] {crop[0]}).toArray(float[][]::new);
  }

  /** Waits until so many more batches have reached the device. */
  void awaitBatches(int count) throws InterruptedException {
    entered.acquire(count);
  }

  void release() {
    released.release(Integer.MAX_VALUE / 2);
  }

  /** Of each batch, in the order in which they came, the crops' values. */
  List<List<Integer>> batches() {
    return List.copyOf(batches);
  }
}
