package io.shufflenet.spark.demo;

import java.awt.Color;
import java.util.List;

/** Places close by: table tops before a wall, streets, thickets. */
final class Indoors {
  private static final List<Color> WOODS =
      List.of(
          new Color(0x8A5A34),
          new Color(0xB98A5A),
          new Color(0x5A3A26),
          new Color(0xD2B48C),
          new Color(0x77706A));

  private static final List<Color> BRICKS =
      List.of(
          new Color(0x8E4A36),
          new Color(0xA86A4A),
          new Color(0xB9A58C),
          new Color(0x6E6A68),
          new Color(0xC9C2B8));

  private Indoors() {}

  static Surface tabletop(View view, Dice dice) {
    Surface wall = wall(dice);
    Surface top = dice.chance(0.65) ? boards(view, dice) : cloth(view, dice);
    return (x, y) -> {
      if (y < view.horizon()) {
        double near = Math.exp(-14 * (view.horizon() - y));
        return Tint.scale(wall.colour(x, y), 1 - 0.35 * near);
      }
      return Tint.scale(top.colour(x, y), 0.75 + 0.3 * view.nearness(y));
    };
  }

  static Surface street(View view, Dice dice) {
    Surface wall = dice.chance(0.7) ? bricks(dice) : wall(dice);
    Noise noise = Noise.of(dice.seed());
    Color slab = Tint.mix(new Color(0x77746F), Tint.muted(dice), 0.3);
    double slabs = dice.between(1.5, 4);
    return (x, y) -> {
      if (y < view.horizon()) {
        return wall.colour(x, y);
      }
      double across = view.across(x, y) * slabs;
      double along = view.shrinking(y) * slabs;
      double joint = Math.min(across - Math.floor(across), along - Math.floor(along));
      double worn = 0.7 + 0.5 * noise.fractal(across * 5, along * 5, 4);
      double kerb = 1 - 0.5 * Math.exp(-40 * (y - view.horizon()));
      return Tint.scale(slab.getRGB(), worn * kerb * (joint < 0.04 ? 0.6 : 1));
    };
  }

  /** Leaves all around, the near ones of the floor below the horizon. */
  static Surface thicket(View view, Dice dice) {
    Noise noise = Noise.of(dice.seed());
    double hue = dice.between(0.14, 0.38);
    Color deep = Tint.hsb(hue, 0.6, dice.between(0.08, 0.3));
    Color leaf = Tint.hsb(hue - 0.03, dice.between(0.3, 0.7), dice.between(0.35, 0.7));
    Color litter = Tint.hsb(dice.between(0.05, 0.12), 0.5, dice.between(0.25, 0.5));
    int gap = Tint.mix(leaf, new Color(0xF4F6E0), dice.between(0.2, 0.9)).getRGB();
    Discs large = new Discs(Noise.of(dice.seed()), dice.between(3, 7));
    Discs small = new Discs(Noise.of(dice.seed()), dice.between(7, 16));
    double glints = dice.between(0.1, 0.8);
    double size = dice.between(3, 9);
    return (x, y) -> {
      double leaves = noise.fractal(x * size, y * size, 5);
      int shade = Tint.mix(deep.getRGB(), leaf.getRGB(), Surface.ramp(0.3, 0.8, leaves));
      int behind =
          Tint.mix(
              Tint.mix(shade, leaf.getRGB(), 0.6 * large.at(x, y)), gap, glints * small.at(x, y));
      double floor = Surface.ramp(-0.1, 0.15, y - view.horizon() + 0.1 * (leaves - 0.5));
      double crumbs = noise.fractal(view.across(x, Math.max(y, view.horizon())) * 12, y * 40, 3);
      return Tint.mix(behind, Tint.mix(deep.getRGB(), litter.getRGB(), crumbs * 1.2), floor * 0.85);
    };
  }

  /**
   * Spots of light out of focus: at most one disc in each cell of a grid, each of its own place,
   * size and strength.
   */
  private record Discs(Noise noise, double cells) {
    double at(double x, double y) {
      double column = Math.floor(x * cells);
      double row = Math.floor(y * cells);
      double radius = 0.15 + 0.3 * noise.at(column + 100, row);
      double middleX = column + radius + (1 - 2 * radius) * noise.at(column + 200, row);
      double middleY = row + radius + (1 - 2 * radius) * noise.at(column + 300, row);
      double distance = Math.hypot(x * cells - middleX, y * cells - middleY);
      return Math.pow(noise.at(column, row), 2)
          * (1 - Surface.ramp(radius * 0.85, radius, distance));
    }
  }

  private static Surface wall(Dice dice) {
    Noise noise = Noise.of(dice.seed());
    Color paint = dice.chance(0.6) ? Tint.pale(dice) : Tint.muted(dice);
    Color second = Tint.mix(paint, Tint.muted(dice), dice.chance(0.5) ? 0 : dice.between(0.2, 0.7));
    double stripes = dice.between(6, 20);
    double lamp = dice.between(-0.2, 1.4);
    return (x, y) -> {
      double stripe = Surface.ramp(-0.15, 0.15, Math.sin(2 * Math.PI * x * stripes));
      double lit = 0.6 + 0.5 * Math.exp(-Math.hypot(x - lamp, y - 0.2));
      double uneven = 0.92 + 0.16 * noise.fractal(x * 5, y * 5, 4);
      return Tint.scale(Tint.mix(paint.getRGB(), second.getRGB(), stripe), lit * uneven);
    };
  }

  private static Surface bricks(Dice dice) {
    Noise noise = Noise.of(dice.seed());
    Color brick = dice.pick(BRICKS);
    Color mortar = Tint.mix(brick, new Color(0xD8D2C8), 0.6);
    double rows = dice.between(9, 20);
    return (x, y) -> {
      double row = Math.floor(y * rows);
      double along = x * rows / 2.4 + 0.5 * (row % 2);
      double joint = Math.min((along - Math.floor(along)) * 2.4, y * rows - row);
      double shade =
          0.7
              + 0.35 * noise.at(Math.floor(along) * 7.3, row * 5.1)
              + 0.3 * noise.fractal(x * 30, y * 30, 3);
      return Tint.scale(joint < 0.12 ? mortar.getRGB() : brick.getRGB(), shade);
    };
  }

  private static Surface boards(View view, Dice dice) {
    Noise noise = Noise.of(dice.seed());
    Color wood = dice.pick(WOODS);
    double boards = dice.between(1, 5);
    double rings = dice.between(14, 40);
    return (x, y) -> {
      double along = view.across(x, y);
      double depth = view.shrinking(y) * boards;
      double board = Math.floor(depth);
      double grain = noise.fractal(along * 1.6 + board * 31, depth * rings / boards, 4);
      double joint = depth - board < 0.05 ? 0.55 : 1;
      return Tint.scale(
          wood.getRGB(), joint * (0.6 + 0.65 * grain + 0.12 * noise.at(board * 3.7, 5)));
    };
  }

  private static Surface cloth(View view, Dice dice) {
    Noise noise = Noise.of(dice.seed());
    Color base = dice.chance(0.5) ? Tint.pale(dice) : Tint.muted(dice);
    Color check = Tint.mix(base, Tint.vivid(dice), dice.between(0, 0.8));
    double size = dice.between(2, 6);
    return (x, y) -> {
      double across = view.across(x, y) * size;
      double along = view.shrinking(y) * size;
      double share =
          0.5 * (Math.floor(across) % 2 == 0 ? 1 : 0) + 0.5 * (Math.floor(along) % 2 == 0 ? 1 : 0);
      double folds = 0.85 + 0.3 * noise.fractal(x * 3, y * 5, 3);
      return Tint.scale(Tint.mix(base.getRGB(), check.getRGB(), share), folds);
    };
  }
}
