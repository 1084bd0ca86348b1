package io.shufflenet.spark.inference;

/** The way of one task's crops to what the network makes of them. For the task's thread. */
interface Forward extends AutoCloseable {
  /** The network's output for one crop. */
  @FunctionalInterface
  interface Answer {
    /**
     * Logits, and what else the network gives after them; waits until they are computed. To be
     * asked once.
     *
     * @throws IllegalStateException if the device failed, or the thread is interrupted
     */
    float[] output();
  }

  /** How many images the device computes at once by now. */
  int batchSize();

  /** How many crops a task should have under way, so that nothing waits for it. */
  int depth();

  /**
   * Takes a crop, which must not be changed any more.
   *
   * @throws IllegalStateException if it must wait for the device and the device is closed, or the
   *     thread interrupted
   */
  Answer submit(byte[] crop);

  /** Gives up the crops that are under way. */
  @Override
  void close();
}
