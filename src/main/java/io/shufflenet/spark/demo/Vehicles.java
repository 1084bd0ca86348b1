package io.shufflenet.spark.demo;

import static io.shufflenet.spark.demo.Outline.box;
import static io.shufflenet.spark.demo.Outline.common;
import static io.shufflenet.spark.demo.Outline.curve;
import static io.shufflenet.spark.demo.Outline.ellipse;
import static io.shufflenet.spark.demo.Outline.line;
import static io.shufflenet.spark.demo.Outline.polygon;

import java.awt.Color;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.List;

/** Bicycles and sailing boats. */
final class Vehicles {
  private static final double AXLE = 0.62;
  private static final double WHEEL = 0.38;

  private Vehicles() {}

  static void bicycle(Brush brush) {
    Dice dice = brush.dice();
    Color frame = dice.chance(0.75) ? Tint.vivid(dice) : Tint.dark(dice);
    Color metal = new Color(0xA9ADB2);
    wheel(brush, -0.58);
    wheel(brush, 0.58);
    frame(brush, frame, dice.between(0.035, 0.06));
    if (dice.chance(0.5)) {
      mudguards(brush, dice.chance(0.5) ? frame : metal);
    }
    saddle(brush);
    handlebar(brush, metal);
    pedals(brush, metal);
    if (dice.chance(0.3)) {
      basket(brush);
    }
  }

  private static void wheel(Brush brush, double x) {
    double turn = brush.dice().between(0, 1);
    int spokes = brush.dice().count(10, 18);
    Color spoke = new Color(170, 174, 180, 170);
    for (int at = 0; at < spokes; at++) {
      double angle = turn + Math.PI * at / spokes;
      double reachX = WHEEL * Math.cos(angle);
      double reachY = WHEEL * Math.sin(angle);
      brush.line(line(x - reachX, AXLE - reachY, x + reachX, AXLE + reachY), 0.007, spoke);
    }
    Shape rim = ellipse(x, AXLE, WHEEL, WHEEL);
    brush.tube(rim, 0.05, new Color(0x222226));
    brush.line(ellipse(x, AXLE, WHEEL - 0.035, WHEEL - 0.035), 0.014, new Color(0xB4B8BC));
    brush.ball(ellipse(x, AXLE, 0.045, 0.045), new Color(0x88898C));
  }

  private static void frame(Brush brush, Color colour, double width) {
    double bar = brush.dice().chance(0.7) ? -0.02 : 0.4;
    brush.tube(line(-0.58, AXLE, -0.08, AXLE + 0.03), width * 0.7, colour);
    brush.tube(line(-0.58, AXLE, -0.22, -0.02), width * 0.7, colour);
    brush.tube(line(-0.08, AXLE + 0.03, -0.25, -0.16), width, colour);
    brush.tube(line(-0.08, AXLE + 0.03, 0.4, 0.06), width, colour);
    brush.tube(line(-0.25 + 0.2 * Math.max(0, bar), bar, 0.38, -0.04), width, colour);
    brush.tube(line(0.36, -0.14, 0.44, 0.16, 0.58, AXLE), width * 0.9, colour);
  }

  private static void mudguards(Brush brush, Color colour) {
    for (double x : new double[] {-0.58, 0.58}) {
      Path2D arc = new Path2D.Double();
      double reach = WHEEL + 0.055;
      for (double angle = Math.PI * 1.02; angle < Math.PI * 1.75; angle += 0.1) {
        double px = x + reach * Math.cos(angle);
        double py = AXLE + reach * Math.sin(angle);
        if (arc.getCurrentPoint() == null) {
          arc.moveTo(px, py);
        }
        arc.lineTo(px, py);
      }
      brush.tube(arc, 0.035, colour);
    }
  }

  private static void saddle(Brush brush) {
    Color leather = brush.dice().chance(0.5) ? new Color(0x2A2422) : new Color(0x6E4426);
    brush.ball(
        Outline.smooth(
            -0.42, -0.22, -0.38, -0.28, -0.2, -0.25, -0.08, -0.22, -0.2, -0.19, -0.36, -0.17),
        leather);
  }

  private static void handlebar(Brush brush, Color metal) {
    brush.tube(line(0.36, -0.14, 0.33, -0.28), 0.03, metal);
    if (brush.dice().chance(0.5)) {
      brush.tube(
          curve(0.33, -0.28, 0.46, -0.3, 0.52, -0.2, 0.44, -0.12), 0.035, new Color(0x2C2C30));
    } else {
      brush.tube(curve(0.38, -0.27, 0.26, -0.33, 0.14, -0.28), 0.035, new Color(0x2C2C30));
    }
  }

  private static void pedals(Brush brush, Color metal) {
    double angle = brush.dice().between(0, 2 * Math.PI);
    double reachX = 0.16 * Math.cos(angle);
    double reachY = 0.16 * Math.sin(angle);
    brush.line(ellipse(-0.08, AXLE + 0.03, 0.09, 0.09), 0.02, Tint.scale(metal, 0.8));
    brush.tube(
        line(-0.08 - reachX, AXLE + 0.03 - reachY, -0.08 + reachX, AXLE + 0.03 + reachY),
        0.025,
        metal);
    for (int side = -1; side <= 1; side += 2) {
      double x = -0.08 + side * reachX;
      double y = AXLE + 0.03 + side * reachY;
      brush.flat(box(x - 0.06, y - 0.015, x + 0.06, y + 0.015), new Color(0x26262A));
    }
  }

  private static void basket(Brush brush) {
    Color wicker = Tint.hue(brush.dice(), 0.06, 0.12);
    Paint weave = Texture.CHECKS.paint(wicker, Tint.scale(wicker, 0.55), 0.08, brush.dice());
    brush.cylinder(polygon(0.42, -0.2, 0.8, -0.2, 0.74, 0.06, 0.48, 0.06), weave);
  }

  static void sailboat(Brush brush) {
    Dice dice = brush.dice();
    double mast = dice.between(-0.12, 0.12);
    Color cloth = dice.chance(0.6) ? Tint.pale(dice) : Tint.vivid(dice);
    brush.tube(line(mast, -0.98, mast, 0.72), 0.03, Tint.hue(dice, 0.06, 0.1));
    mainsail(brush, mast, cloth);
    if (dice.chance(0.85)) {
      jib(brush, mast, dice.chance(0.7) ? cloth : Tint.vivid(dice));
    }
    if (dice.chance(0.5)) {
      brush.panel(polygon(mast, -0.98, mast + 0.2, -0.93, mast, -0.88), Tint.vivid(dice));
    }
    boat(brush);
  }

  private static void mainsail(Brush brush, double mast, Color cloth) {
    double boom = brush.dice().between(0.6, 0.85);
    double bulge = brush.dice().between(0.02, 0.14);
    Path2D sail = new Path2D.Double();
    sail.moveTo(mast - 0.03, -0.9);
    sail.quadTo(mast - boom * 0.5 - bulge, -0.3, mast - boom, 0.52);
    sail.quadTo(mast - boom * 0.5, 0.6, mast - 0.03, 0.5);
    sail.closePath();
    List<Texture> cuts = List.of(Texture.PLAIN, Texture.PLAIN, Texture.BANDS, Texture.STRIPES);
    brush.panel(sail, brush.pattern(cuts, cloth, Tint.vivid(brush.dice())));
    for (double y = -0.5; y < 0.5; y += 0.25) {
      Shape seam = common(sail, box(-1, y, 1, y + 0.008));
      brush.flat(seam, Tint.fade(brush.light().shade(), 0.3));
    }
    brush.tube(line(mast - boom, 0.53, mast, 0.51), 0.02, new Color(0x7A5A3A));
  }

  private static void jib(Brush brush, double mast, Color cloth) {
    double bow = brush.dice().between(0.65, 0.9);
    Path2D sail = new Path2D.Double();
    sail.moveTo(mast + 0.03, -0.75);
    sail.quadTo(mast + bow * 0.55, -0.1, bow, 0.58);
    sail.quadTo(mast + bow * 0.4, 0.62, mast + 0.08, 0.5);
    sail.quadTo(mast + 0.16, -0.1, mast + 0.03, -0.75);
    brush.panel(sail, brush.material(Tint.scale(cloth, 0.92)));
  }

  private static void boat(Brush brush) {
    Dice dice = brush.dice();
    Color paint = dice.chance(0.5) ? Tint.pale(dice) : Tint.vivid(dice);
    Shape hull =
        Outline.smooth(
            -0.86, 0.64, -0.4, 0.7, 0.3, 0.69, 0.95, 0.58, 0.8, 0.82, 0.5, 0.98, 0, 1, -0.55, 0.98,
            -0.8, 0.84);
    brush.panel(hull, brush.material(paint));
    brush.flat(common(hull, box(-1, 0.88, 1, 1)), Tint.fade(Tint.vivid(dice), 0.9));
    brush.line(curve(-0.86, 0.64, -0.4, 0.7, 0.3, 0.69, 0.95, 0.58), 0.025, Tint.scale(paint, 0.5));
    brush.flat(
        curve(-1, 1, -0.4, 0.95, 0.2, 1.01, 0.7, 0.95, 1.02, 1, 0, 1.06),
        new Color(255, 255, 255, 130));
  }
}
