package io.shufflenet.spark.demo;

import static io.shufflenet.spark.demo.Outline.box;
import static io.shufflenet.spark.demo.Outline.common;
import static io.shufflenet.spark.demo.Outline.ellipse;
import static io.shufflenet.spark.demo.Outline.line;
import static io.shufflenet.spark.demo.Outline.moved;
import static io.shufflenet.spark.demo.Outline.polygon;
import static io.shufflenet.spark.demo.Outline.rounded;
import static io.shufflenet.spark.demo.Outline.symmetric;
import static io.shufflenet.spark.demo.Outline.turned;

import java.awt.Color;
import java.awt.Shape;
import java.util.List;

/** Lighthouses and windmills: two kinds of tower. */
final class Buildings {
  private static final List<Texture> WALLS = List.of(Texture.PLAIN, Texture.PLAIN, Texture.BRICKS);

  private Buildings() {}

  static void lighthouse(Brush brush) {
    Dice dice = brush.dice();
    double foot = dice.between(0.24, 0.36);
    double top = foot * dice.between(0.55, 0.8);
    Shape tower = polygon(-foot, 1, -top, -0.55, top, -0.55, foot, 1);
    Color wall = Tint.pale(dice);
    brush.flat(tower, brush.pattern(WALLS, wall, Tint.scale(wall, 0.75)));
    bands(brush, tower);
    windows(brush, dice.count(2, 4));
    brush.shadeCylinder(tower);
    lantern(brush, top);
  }

  private static void bands(Brush brush, Shape tower) {
    Dice dice = brush.dice();
    Color band = dice.chance(0.6) ? Tint.hsb(0.99, 0.8, dice.between(0.5, 0.8)) : Tint.vivid(dice);
    double height = dice.between(0.2, 0.4);
    for (double y = -0.55 + dice.between(0, 0.3); y < 1; y += 2 * height) {
      brush.flat(common(tower, box(-1, y, 1, y + height)), brush.material(band));
    }
  }

  private static void windows(Brush brush, int count) {
    double x = brush.dice().between(-0.06, 0.06);
    for (int at = 0; at < count; at++) {
      double y = -0.3 + 0.36 * at;
      brush.flat(rounded(x - 0.035, y, x + 0.035, y + 0.11, 0.02), new Color(0x2B2F38));
    }
    brush.flat(rounded(-0.09, 0.8, 0.09, 1.02, 0.06), new Color(0x3A2A22));
  }

  private static void lantern(Brush brush, double top) {
    Dice dice = brush.dice();
    Color iron = dice.chance(0.5) ? Tint.dark(dice) : Tint.hsb(0.99, 0.75, 0.55);
    double room = top * 0.7;
    brush.cylinder(box(-top - 0.06, -0.59, top + 0.06, -0.54), iron);
    brush.cylinder(box(-room, -0.82, room, -0.59), new Color(0xCFE0E6));
    brush.glow(0, -0.7, room * 0.9, 0.12, new Color(255, 240, 170, 220));
    for (double share : new double[] {-1, -0.4, 0.4, 1}) {
      brush.line(line(room * share, -0.82, room * share, -0.59), 0.014, iron);
    }
    brush.ball(symmetric(0, -0.98, room * 0.6, -0.92, room + 0.04, -0.81), iron);
    brush.line(line(0, -0.97, 0, -1.05), 0.015, iron);
    railing(brush, top + 0.06, iron);
  }

  private static void railing(Brush brush, double reach, Color iron) {
    brush.line(line(-reach, -0.67, reach, -0.67), 0.01, iron);
    for (int at = 0; at <= 6; at++) {
      double x = reach * (at / 3.0 - 1);
      brush.line(line(x, -0.67, x, -0.57), 0.008, iron);
    }
  }

  static void windmill(Brush brush) {
    Dice dice = brush.dice();
    double foot = dice.between(0.3, 0.42);
    double top = foot * dice.between(0.5, 0.75);
    Shape tower = polygon(-foot, 1, -top, -0.25, top, -0.25, foot, 1);
    Color wall = dice.chance(0.5) ? Tint.pale(dice) : Tint.hue(dice, 0.02, 0.1);
    brush.flat(tower, brush.pattern(WALLS, wall, Tint.scale(wall, 0.7)));
    if (dice.chance(0.4)) {
      brush.flat(
          common(tower, box(-1, dice.between(0.4, 0.7), 1, 1)), brush.material(Tint.muted(dice)));
    }
    windows(brush, dice.count(2, 3));
    brush.shadeCylinder(tower);
    cap(brush, top);
    sails(brush, dice.between(0.62, 0.78));
  }

  private static void cap(Brush brush, double top) {
    Color roof =
        brush.dice().chance(0.5) ? Tint.dark(brush.dice()) : Tint.hue(brush.dice(), 0.0, 0.1);
    double reach = top + 0.05;
    brush.ball(
        symmetric(0, -0.52, reach * 0.8, -0.38, reach, -0.22, 0, -0.19), brush.material(roof));
  }

  private static void sails(Brush brush, double reach) {
    Dice dice = brush.dice();
    double turn = dice.between(0, Math.PI / 2);
    Color wood = Tint.mix(Tint.hue(dice, 0.05, 0.1), Tint.dark(dice), dice.between(0.2, 0.8));
    Color canvas = Tint.pale(dice);
    boolean clothed = dice.chance(0.6);
    for (int at = 0; at < 4; at++) {
      double angle = turn + at * Math.PI / 2;
      if (clothed) {
        brush.panel(arm(box(0.16, 0.01, reach, 0.17), angle), canvas);
      }
      lattice(brush, angle, reach, wood);
    }
    brush.ball(ellipse(0, -0.33, 0.05, 0.05), wood);
  }

  private static void lattice(Brush brush, double angle, double reach, Color wood) {
    brush.line(arm(line(0, 0, reach + 0.02, 0), angle), 0.03, wood);
    brush.line(arm(line(0.16, 0.17, reach, 0.17), angle), 0.014, wood);
    for (double x = 0.16; x <= reach; x += 0.09) {
      brush.line(arm(line(x, -0.02, x, 0.17), angle), 0.012, wood);
    }
  }

  private static Shape arm(Shape shape, double angle) {
    return moved(turned(shape, angle), 0, -0.33);
  }
}
