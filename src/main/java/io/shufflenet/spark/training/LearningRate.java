package io.shufflenet.spark.training;

/**
 * Megvii's schedule: from {@code base} linearly down to 0 in the last iteration. Their scheduler
 * steps before the optimizer does, so already the first iteration is one step below the base.
 *
 * @param warmUp over so many first iterations the rate also rises linearly from near 0; 0 for none
 */
record LearningRate(double base, long iterations, long warmUp) {

  /**
   * @param iteration counted from 1
   */
  double at(long iteration) {
    double decayed = base * (1 - (double) iteration / iterations);
    return warmUp == 0 ? decayed : decayed * Math.min(1, (double) iteration / warmUp);
  }
}
