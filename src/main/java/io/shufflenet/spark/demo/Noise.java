package io.shufflenet.spark.demo;

import java.util.Random;

/**
 * Value noise: a smooth random surface over the plane with values in 0..1, a pure function of seed
 * and position. Its bumps are one unit wide. Every seed shows another part of one surface, which
 * repeats after 256 units.
 */
final class Noise {
  private static final int SIZE = 256;
  private static final int EVERYWHERE = -1;
  private static final int NEXT_OCTAVE = 0x2F5B;
  private static final double[] HEIGHTS = new Random(1).doubles(SIZE).toArray();
  private static final int[] SHIFTS = new Random(2).ints(SIZE, 0, SIZE).toArray();

  private final int seed;
  private final int mask;

  private Noise(int seed, int mask) {
    this.seed = seed;
    this.mask = mask;
  }

  static Noise of(int seed) {
    return new Noise(seed, EVERYWHERE);
  }

  /**
   * Noise that repeats every {@code period} units, a power of two, so that tiles of it join without
   * a seam.
   */
  static Noise repeating(int seed, int period) {
    return new Noise(seed, period - 1);
  }

  double at(double x, double y) {
    return at(x, y, seed, mask);
  }

  /** Sum of octaves, each twice as fine and half as strong as the one before, scaled to 0..1. */
  double fractal(double x, double y, int octaves) {
    double sum = 0;
    double total = 0;
    double amplitude = 1;
    int scale = 1;
    int octaveMask = mask;
    for (int octave = 0; octave < octaves; octave++) {
      sum += amplitude * at(x * scale, y * scale, seed + octave * NEXT_OCTAVE, octaveMask);
      total += amplitude;
      amplitude /= 2;
      scale *= 2;
      octaveMask = (octaveMask << 1) | 1;
    }
    return sum / total;
  }

  private static double at(double x, double y, int seed, int mask) {
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    double down = smooth(y - row);
    int top = (row & mask) + (seed >>> 8);
    int bottom = ((row + 1) & mask) + (seed >>> 8);
    double left = between(SHIFTS[((column & mask) + seed) & (SIZE - 1)], top, bottom, down);
    double right = between(SHIFTS[(((column + 1) & mask) + seed) & (SIZE - 1)], top, bottom, down);
    return left + (right - left) * smooth(x - column);
  }

  /** A height on the line between two neighbours of a column. */
  private static double between(int shift, int top, int bottom, double down) {
    double above = HEIGHTS[(shift + top) & (SIZE - 1)];
    return above + (HEIGHTS[(shift + bottom) & (SIZE - 1)] - above) * down;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }
}
