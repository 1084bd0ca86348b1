package io.shufflenet.spark.demo;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Random;

/**
 * What a camera does to a picture: blur out of focus, exposure, colour cast, vignette and grain.
 */
final class Lens {
  private static final int PASSES = 2;

  private Lens() {}

  /** Blurs a picture of packed integers in place; one with opacity must have it multiplied in. */
  static void blur(BufferedImage picture, int radius) {
    if (radius < 1) {
      return;
    }
    int[] pixels = pixels(picture);
    int[] turned = new int[pixels.length];
    for (int pass = 0; pass < PASSES; pass++) {
      blurRows(pixels, turned, picture.getWidth(), radius);
      blurRows(turned, pixels, picture.getHeight(), radius);
    }
  }

  /** Each pixel becomes the mean of its neighbours in the row; rows are written as columns. */
  private static void blurRows(int[] source, int[] target, int width, int radius) {
    int height = source.length / width;
    int share = (1 << 16) / (2 * radius + 1) + 1;
    for (int row = 0; row < height; row++) {
      int first = row * width;
      int last = first + width - 1;
      long sum = 0;
      for (int at = first - radius; at <= first + radius; at++) {
        sum += spread(source[Math.min(last, Math.max(first, at))]);
      }
      for (int at = first; at <= last; at++) {
        target[(at - first) * height + row] = scaled(sum, share);
        sum +=
            spread(source[Math.min(last, at + radius + 1)])
                - spread(source[Math.max(first, at - radius)]);
      }
    }
  }

  /** The four channels, 16 bits apart, so that up to 257 pixels can be summed at once. */
  private static long spread(int pixel) {
    long wide = pixel & 0xFFFFFFFFL;
    return ((wide & 0xFF000000L) << 24)
        | ((wide & 0xFF0000L) << 16)
        | ((wide & 0xFF00L) << 8)
        | (wide & 0xFFL);
  }

  /** The channels of a sum, each times a share of 1 << 16. */
  private static int scaled(long sum, int share) {
    int alpha = ((int) (sum >>> 48) * share) >>> 16;
    int red = ((int) ((sum >>> 32) & 0xFFFF) * share) >>> 16;
    int green = ((int) ((sum >>> 16) & 0xFFFF) * share) >>> 16;
    int blue = ((int) (sum & 0xFFFF) * share) >>> 16;
    return (alpha << 24) | (red << 16) | (green << 8) | blue;
  }

  /** Exposes the finished scene. */
  static void develop(BufferedImage picture, Dice dice) {
    double exposure = dice.between(0.8, 1.35);
    double contrast = dice.between(0.8, 1.25);
    double warmth = dice.between(-0.1, 0.1);
    int[] red = curve(exposure * (1 + warmth), contrast);
    int[] green = curve(exposure, contrast);
    int[] blue = curve(exposure * (1 - warmth), contrast);
    int[] pixels = pixels(picture);
    for (int at = 0; at < pixels.length; at++) {
      int colour = pixels[at];
      pixels[at] =
          Tint.rgb(red[Tint.red(colour)], green[Tint.green(colour)], blue[Tint.blue(colour)]);
    }
    darkenCorners(pixels, picture.getWidth(), dice.between(0, 0.4));
    grain(pixels, dice.between(0.5, 9), dice.seed());
  }

  private static int[] curve(double exposure, double contrast) {
    int[] curve = new int[256];
    for (int level = 0; level < curve.length; level++) {
      double exposed = (level / 255.0 * exposure - 0.45) * contrast + 0.45;
      curve[level] = clamp((int) Math.round(255 * exposed));
    }
    return curve;
  }

  private static void darkenCorners(int[] pixels, int width, double strength) {
    int height = pixels.length / width;
    double corner = (width * width + height * height) / 4.0;
    for (int row = 0; row < height; row++) {
      double y = row - height / 2.0;
      for (int column = 0; column < width; column++) {
        double x = column - width / 2.0;
        int kept = (int) (1024 * (1 - strength * (x * x + y * y) / corner));
        int at = row * width + column;
        pixels[at] = dimmed(pixels[at], kept);
      }
    }
  }

  /** A colour times a share of 1024. */
  private static int dimmed(int colour, int share) {
    return Tint.rgb(
        (Tint.red(colour) * share) >> 10,
        (Tint.green(colour) * share) >> 10,
        (Tint.blue(colour) * share) >> 10);
  }

  private static void grain(int[] pixels, double deviation, int seed) {
    Random random = new Random(seed);
    int[] steps = new int[1024];
    for (int at = 0; at < steps.length; at++) {
      steps[at] = (int) Math.round(deviation * random.nextGaussian());
    }
    int state = seed;
    for (int at = 0; at < pixels.length; at++) {
      state = state * 1664525 + 1013904223;
      int brightness = steps[state >>> 22];
      int colour = steps[(state >>> 12) & 1023] / 2;
      int pixel = pixels[at];
      pixels[at] =
          Tint.rgb(
              clamp(Tint.red(pixel) + brightness + colour),
              clamp(Tint.green(pixel) + brightness),
              clamp(Tint.blue(pixel) + brightness - colour));
    }
  }

  private static int clamp(int level) {
    return Math.min(255, Math.max(0, level));
  }

  private static int[] pixels(BufferedImage picture) {
    return ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
  }
}
