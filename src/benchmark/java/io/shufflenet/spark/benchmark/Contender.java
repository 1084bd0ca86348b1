package io.shufflenet.spark.benchmark;

import java.util.List;

/** A network in some library, whose forward pass on a CPU is measured. */
public interface Contender extends AutoCloseable {
  /** What the table calls it. */
  String name();

  /**
   * Lays a batch out in memory as the library wants it, so that a pass is nothing but the network.
   *
   * @param crops HWC bytes as the preprocessing makes them
   */
  Pass prepare(List<byte[]> crops);

  @Override
  void close();

  /** A batch that is ready. It may pass any number of times, in one thread at a time. */
  interface Pass extends AutoCloseable {
    /** The logits {@code (images, classes)}, row-major. */
    float[] logits();

    @Override
    void close();
  }
}
