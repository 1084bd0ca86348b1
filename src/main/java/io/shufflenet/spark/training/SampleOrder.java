package io.shufflenet.spark.training;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The endless sequence of samples that training draws from a set: one shuffled epoch after another,
 * so that a batch may hold the end of one and the start of the next. It is a pure function of the
 * seed: what sample s is, and the randomness of its augmentation, depends on nothing else. Safe for
 * use by many threads.
 */
final class SampleOrder {
  private static final long EPOCHS = 0x5EED_0001L;
  private static final long SAMPLES = 0x5EED_0002L;

  private final int images;
  private final long seed;

  /** The two epochs that batches in flight may touch, newest first. */
  private volatile Epoch newest = new Epoch(-1, new int[0]);

  private volatile Epoch older = newest;

  private record Epoch(long number, int[] order) {}

  /**
   * @param images size of the set, at least 1
   */
  SampleOrder(int images, long seed) {
    this.images = images;
    this.seed = seed;
  }

  /** Which image of the set sample {@code sample} is, counted from 0. */
  int image(long sample) {
    return epoch(sample / images).order()[(int) (sample % images)];
  }

  private Epoch epoch(long number) {
    Epoch found = newest;
    if (found.number() == number) {
      return found;
    }
    found = older;
    return found.number() == number ? found : shuffle(number);
  }

  private synchronized Epoch shuffle(long number) {
    if (newest.number() == number) {
      return newest;
    }
    int[] order = new int[images];
    RandomGenerator random = generator(EPOCHS, number);
    for (int position = 0; position < images; position++) {
      int other = random.nextInt(position + 1);
      order[position] = order[other];
      order[other] = position;
    }
    Epoch epoch = new Epoch(number, order);
    older = newest;
    newest = epoch;
    return epoch;
  }

  /** The randomness of the sample's augmentation, from its start. */
  RandomGenerator random(long sample) {
    return generator(SAMPLES, sample);
  }

  /**
   * Of a purpose and a number within it. What seeds it is mixed first: generators of seeds that
   * follow one another may give the same numbers, one place apart.
   */
  private RandomGenerator generator(long purpose, long number) {
    long ofPurpose = mixed(seed ^ (purpose << Integer.SIZE));
    return new SplittableRandom(mixed(ofPurpose + number));
  }

  private static long mixed(long bits) {
    return new SplittableRandom(bits).nextLong();
  }
}
