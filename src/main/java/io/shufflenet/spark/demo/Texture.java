package io.shufflenet.spark.demo;

import java.awt.Color;
import java.awt.Paint;
import java.awt.TexturePaint;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** Patterns that repeat over a surface, each with the unevenness of a real material. */
enum Texture {
  PLAIN {
    @Override
    double accent(double x, double y) {
      return 0;
    }
  },
  STRIPES {
    @Override
    double accent(double x, double y) {
      return edge(Math.sin(2 * Math.PI * x));
    }
  },
  BANDS {
    @Override
    double accent(double x, double y) {
      return edge(Math.sin(2 * Math.PI * y));
    }
  },
  DOTS {
    @Override
    double accent(double x, double y) {
      double first = Math.hypot(x - 0.25, y - 0.25);
      double second = Math.hypot(x - 0.75, y - 0.75);
      return edge((0.17 - Math.min(first, second)) * 8);
    }
  },
  CHECKS {
    @Override
    double accent(double x, double y) {
      return edge(Math.sin(2 * Math.PI * x)) * 0.5 + edge(Math.sin(2 * Math.PI * y)) * 0.5;
    }
  },
  SCALES {
    @Override
    double accent(double x, double y) {
      double row = Math.floor(y * 4);
      double along = x * 4 + row * 0.5;
      double bend = Math.hypot(along - Math.floor(along) - 0.5, y * 4 - row);
      return edge((bend - 0.55) * 6) * 0.6;
    }
  },
  BRICKS {
    @Override
    double accent(double x, double y) {
      double row = Math.floor(y * 4);
      double along = x * 2 + row * 0.5;
      double joint = Math.min(along - Math.floor(along), y * 4 - row);
      return edge((0.1 - joint) * 20) * 0.7;
    }
  },
  MARBLE {
    @Override
    double accent(double x, double y) {
      return Math.pow(Math.abs(Math.sin(2 * Math.PI * (x + VEINS.fractal(x * 4, y * 4, 3)))), 3)
          * 0.7;
    }
  };

  private static final int TILE = 64;
  private static final Noise VEINS = Noise.repeating(17, 4);

  /** Share of the second colour, in 0..1, at a place of the unit tile. */
  abstract double accent(double x, double y);

  /** A paint of two colours whose pattern repeats every {@code size} units. */
  Paint paint(Color base, Color accent, double size, Dice dice) {
    Noise noise = Noise.repeating(dice.seed(), 8);
    double roughness = dice.between(0.05, 0.35);
    BufferedImage tile = new BufferedImage(TILE, TILE, BufferedImage.TYPE_INT_RGB);
    int[] pixels = ((DataBufferInt) tile.getRaster().getDataBuffer()).getData();
    for (int row = 0; row < TILE; row++) {
      for (int column = 0; column < TILE; column++) {
        double x = (column + 0.5) / TILE;
        double y = (row + 0.5) / TILE;
        int colour = Tint.mix(base.getRGB(), accent.getRGB(), accent(x, y));
        double uneven = 1 + roughness * (noise.fractal(x * 8, y * 8, 3) - 0.5);
        pixels[row * TILE + column] = Tint.scale(colour, uneven);
      }
    }
    return new TexturePaint(tile, new Rectangle2D.Double(0, 0, size, size));
  }

  private static double edge(double distance) {
    return Math.min(1, Math.max(0, 0.5 + 3 * distance));
  }
}
