package io.shufflenet.spark.demo;

import static io.shufflenet.spark.demo.Outline.box;
import static io.shufflenet.spark.demo.Outline.common;
import static io.shufflenet.spark.demo.Outline.ellipse;
import static io.shufflenet.spark.demo.Outline.line;
import static io.shufflenet.spark.demo.Outline.polygon;
import static io.shufflenet.spark.demo.Outline.rounded;
import static io.shufflenet.spark.demo.Outline.symmetric;
import static io.shufflenet.spark.demo.Outline.turned;

import java.awt.Color;
import java.awt.Shape;
import java.util.List;

/** What floats: airships and hot-air balloons. */
final class Aircraft {
  private Aircraft() {}

  static void airship(Brush brush) {
    Dice dice = brush.dice();
    double girth = dice.between(0.26, 0.38);
    Color cover = dice.chance(0.6) ? Tint.pale(dice) : Tint.vivid(dice);
    Color trim = Tint.vivid(dice);
    Shape hull = hull(girth);
    gondola(brush, girth, Tint.mix(cover, Tint.dark(dice), 0.5));
    fin(brush, trim, girth, -1);
    fin(brush, trim, girth, 1);
    brush.flat(hull, brush.material(cover));
    trim(brush, hull, girth, trim);
    seams(brush, girth);
    brush.shadeBall(hull);
    brush.panel(polygon(0.62, -0.03, 1.02, -0.06, 1.02, 0.06, 0.62, 0.03), Tint.scale(trim, 0.9));
  }

  private static Shape hull(double girth) {
    double[] upright = {
      0, -1, girth * 0.6, -0.88, girth, -0.4, girth * 0.95, 0.15, girth * 0.55, 0.65, 0.02, 0.98
    };
    return turned(symmetric(upright), -Math.PI / 2);
  }

  private static void fin(Brush brush, Color colour, double girth, int side) {
    double tip = side * (girth + 0.12);
    brush.panel(
        polygon(0.5, side * girth * 0.5, 0.74, tip, 1.04, tip, 0.96, 0), brush.material(colour));
    brush.line(line(0.82, tip, 0.78, side * girth * 0.3), 0.012, brush.light().shadow(0.6));
  }

  private static void trim(Brush brush, Shape hull, double girth, Color colour) {
    Dice dice = brush.dice();
    if (dice.chance(0.6)) {
      double middle = dice.between(-0.3, 0.5) * girth;
      brush.flat(
          common(hull, box(-1, middle, 1, middle + girth * dice.between(0.15, 0.5))), colour);
    }
    if (dice.chance(0.5)) {
      brush.flat(common(hull, box(-1, -1, dice.between(-0.85, -0.6), 1)), colour);
    }
  }

  private static void seams(Brush brush, double girth) {
    Color seam = Tint.fade(brush.light().shade(), 0.25);
    for (double share : new double[] {0.25, 0.6, 0.85}) {
      brush.line(hull(girth * share), 0.008, seam);
    }
  }

  private static void gondola(Brush brush, double girth, Color colour) {
    double left = brush.dice().between(-0.35, -0.15);
    double right = left + brush.dice().between(0.3, 0.55);
    double top = girth * 0.85;
    brush.panel(rounded(left, top, right, top + 0.17, 0.06), brush.material(colour));
    for (double x = left + 0.05; x < right - 0.07; x += 0.08) {
      brush.flat(box(x, top + 0.07, x + 0.045, top + 0.115), new Color(0xD8E6EE));
    }
  }

  static void balloon(Brush brush) {
    Dice dice = brush.dice();
    double girth = dice.between(0.6, 0.74);
    basket(brush);
    Shape envelope = envelope(girth);
    Color base = Tint.vivid(dice);
    Color accent = dice.chance(0.5) ? Tint.pale(dice) : Tint.vivid(dice);
    brush.flat(envelope, brush.material(base));
    if (dice.chance(0.75)) {
      gores(brush, girth, base, accent);
    } else {
      List<Texture> patterns = List.of(Texture.BANDS, Texture.CHECKS, Texture.DOTS);
      brush.flat(envelope, dice.pick(patterns).paint(base, accent, dice.between(0.3, 0.8), dice));
    }
    if (dice.chance(0.5)) {
      double top = dice.between(-0.6, -0.1);
      brush.flat(
          common(envelope, box(-1, top, 1, top + dice.between(0.08, 0.3))), Tint.vivid(dice));
    }
    brush.shadeBall(envelope);
  }

  private static Shape envelope(double girth) {
    return symmetric(0, -1, girth * 0.6, -0.89, girth, -0.42, girth * 0.8, 0, 0.16, 0.5);
  }

  /** The upright segments: ever narrower envelopes, one on the other. */
  private static void gores(Brush brush, double girth, Color base, Color accent) {
    int segments = brush.dice().count(3, 6);
    for (int segment = 0; segment < segments; segment++) {
      double share = Math.cos((segment + 0.5) / segments * Math.PI / 2);
      brush.flat(envelope(girth * share), brush.material(segment % 2 == 0 ? accent : base));
    }
  }

  private static void basket(Brush brush) {
    Color rope = new Color(0x3A3028);
    for (double x : new double[] {-0.11, -0.04, 0.04, 0.11}) {
      brush.line(line(x * 1.3, 0.48, x, 0.8), 0.012, rope);
    }
    Color wicker = Tint.hue(brush.dice(), 0.06, 0.12);
    brush.flat(ellipse(0, 0.77, 0.06, 0.03), new Color(0x2A2A30));
    brush.cylinder(
        rounded(-0.13, 0.79, 0.13, 1, 0.03),
        Texture.CHECKS.paint(wicker, Tint.scale(wicker, 0.6), 0.06, brush.dice()));
  }
}
