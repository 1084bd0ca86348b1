package io.shufflenet.spark.demo;

import java.util.List;
import java.util.Random;

/** Every choice that a picture leaves to chance, drawn from one seed. */
final class Dice {
  private final Random random;

  Dice(long seed) {
    this.random = new Random(scattered(seed));
  }

  /** SplitMix64's finishing steps: {@link Random} begins alike for seeds that follow each other. */
  private static long scattered(long seed) {
    long mixed = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** A whole number from {@code low} to {@code high}, both included. */
  int count(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** 1 or -1. */
  int side() {
    return random.nextBoolean() ? 1 : -1;
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  int seed() {
    return random.nextInt();
  }
}
