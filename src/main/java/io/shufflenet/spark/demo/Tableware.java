package io.shufflenet.spark.demo;

import static io.shufflenet.spark.demo.Outline.curve;
import static io.shufflenet.spark.demo.Outline.ellipse;

import java.awt.Color;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.List;

/** Mugs and teapots, of the same glazes and patterns. */
final class Tableware {
  private static final List<Texture> GLAZES =
      List.of(
          Texture.PLAIN,
          Texture.PLAIN,
          Texture.BANDS,
          Texture.STRIPES,
          Texture.DOTS,
          Texture.CHECKS,
          Texture.MARBLE);

  private Tableware() {}

  static void mug(Brush brush) {
    Dice dice = brush.dice();
    double radius = dice.between(0.48, 0.62);
    double foot = radius * dice.between(0.72, 1);
    double tilt = dice.between(0.08, 0.24);
    double top = dice.between(-0.85, -0.5);
    Color clay = glaze(dice);
    handle(brush, radius, top, clay);
    Path2D body = new Path2D.Double();
    body.moveTo(-radius, top);
    body.curveTo(-radius, 0.3, -foot, 0.6, -foot, 0.9 - tilt * 0.4);
    body.curveTo(-foot * 0.9, 1.03, foot * 0.9, 1.03, foot, 0.9 - tilt * 0.4);
    body.curveTo(foot, 0.6, radius, 0.3, radius, top);
    body.closePath();
    brush.cylinder(body, brush.pattern(GLAZES, clay, Tint.vivid(dice)));
    gloss(brush, radius, top);
    rim(brush, radius, top, radius * tilt * 1.6, clay);
  }

  private static Color glaze(Dice dice) {
    return dice.chance(0.4)
        ? Tint.pale(dice)
        : dice.chance(0.5) ? Tint.vivid(dice) : Tint.muted(dice);
  }

  private static void handle(Brush brush, double radius, double top, Color clay) {
    double reach = brush.dice().between(0.28, 0.42);
    double high = top + 0.25;
    double low = high + 0.7;
    double out = radius + reach;
    double back = radius + reach * 0.75;
    Shape ring =
        curve(
            radius * 0.9, high, back, high, out, high + 0.35, back, low, radius * 0.85, low + 0.15);
    brush.tube(ring, brush.dice().between(0.11, 0.17), clay);
  }

  private static void gloss(Brush brush, double radius, double top) {
    double x = radius * 0.5 * Math.signum(brush.light().x());
    brush.glow(x, top + 0.5, radius * 0.14, 0.4, brush.light().highlight(0.6));
  }

  private static void rim(Brush brush, double radius, double top, double depth, Color clay) {
    brush.flat(ellipse(0, top, radius, depth), Tint.scale(clay, 1.1));
    brush.panel(ellipse(0, top, radius * 0.92, depth * 0.88), Tint.scale(clay, 0.6));
    if (brush.dice().chance(0.7)) {
      Color drink =
          Tint.hsb(brush.dice().between(0.03, 0.12), 0.7, brush.dice().between(0.15, 0.6));
      Shape inside = ellipse(0, top, radius * 0.92, depth * 0.88);
      brush.flat(
          Outline.common(inside, ellipse(0, top + depth * 0.3, radius * 0.88, depth * 0.8)), drink);
    }
  }

  static void teapot(Brush brush) {
    Dice dice = brush.dice();
    double girth = dice.between(0.52, 0.62);
    double height = dice.between(0.46, 0.6);
    double middle = 0.95 - height;
    Color clay = glaze(dice);
    Paint paint = brush.pattern(GLAZES, clay, Tint.vivid(dice));
    spout(brush, girth, middle, clay);
    grip(brush, girth, middle, height, clay);
    brush.cylinder(Outline.rounded(-girth * 0.55, 0.85, girth * 0.55, 1, 0.05), clay);
    Shape body = ellipse(0, middle, girth, height);
    brush.ball(body, paint);
    brush.glow(
        girth * 0.4 * brush.light().x(),
        middle - height * 0.4,
        0.12,
        0.1,
        brush.light().highlight(0.9));
    lid(
        brush,
        girth,
        middle - height,
        dice.chance(0.6) ? paint : brush.material(Tint.vivid(dice)),
        clay);
  }

  private static void spout(Brush brush, double girth, double middle, Color clay) {
    double lip = middle - brush.dice().between(0.3, 0.5);
    Path2D spout = new Path2D.Double();
    spout.moveTo(-girth * 0.75, middle - 0.02);
    spout.curveTo(-girth - 0.15, middle - 0.02, -girth - 0.1, lip + 0.1, -0.98, lip - 0.02);
    spout.lineTo(-0.84, lip - 0.05);
    spout.curveTo(
        -girth + 0.02, lip + 0.25, -girth - 0.18, middle + 0.38, -girth * 0.6, middle + 0.3);
    spout.closePath();
    brush.panel(spout, brush.material(clay));
    brush.line(Outline.line(-0.98, lip - 0.02, -0.84, lip - 0.05), 0.03, Tint.scale(clay, 0.7));
  }

  private static void grip(Brush brush, double girth, double middle, double height, Color clay) {
    Dice dice = brush.dice();
    double width = dice.between(0.08, 0.13);
    if (dice.chance(0.25)) {
      double high = middle - height - 0.3;
      double low = middle - height * 0.7;
      double reach = girth * 0.67;
      Shape bow = curve(-reach, low, -reach, high, 0, high - 0.25, reach, high, reach, low);
      brush.tube(bow, width * 0.7, Tint.hue(dice, 0.05, 0.11));
      return;
    }
    double root = girth * 0.8;
    double bend = girth + 0.22;
    double high = middle - 0.3;
    double low = middle + 0.25;
    Shape ring = curve(root, high, bend, high, 0.97, middle - 0.05, bend, low, root, low);
    brush.tube(ring, width, clay);
  }

  private static void lid(Brush brush, double girth, double top, Paint paint, Color clay) {
    double radius = girth * 0.55;
    brush.ball(
        Outline.symmetric(0, top - 0.08, radius * 0.6, top, radius, top + 0.1, 0, top + 0.15),
        paint);
    brush.line(
        curve(-radius, top + 0.1, 0, top + 0.16, radius, top + 0.1), 0.015, Tint.scale(clay, 0.5));
    brush.ball(ellipse(0, top - 0.13, 0.075, 0.07), clay);
  }
}
