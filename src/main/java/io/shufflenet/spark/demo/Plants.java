package io.shufflenet.spark.demo;

import static io.shufflenet.spark.demo.Outline.common;
import static io.shufflenet.spark.demo.Outline.curve;
import static io.shufflenet.spark.demo.Outline.ellipse;
import static io.shufflenet.spark.demo.Outline.line;
import static io.shufflenet.spark.demo.Outline.moved;
import static io.shufflenet.spark.demo.Outline.polygon;
import static io.shufflenet.spark.demo.Outline.symmetric;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;

/** Cacti and mushrooms. */
final class Plants {
  private Plants() {}

  static void cactus(Brush brush) {
    Dice dice = brush.dice();
    Color skin =
        Tint.hsb(dice.between(0.22, 0.45), dice.between(0.3, 0.65), dice.between(0.3, 0.6));
    double ground = 1;
    if (dice.chance(0.35)) {
      ground = 0.5;
    }
    if (dice.chance(0.65)) {
      saguaro(brush, skin, ground);
    } else {
      barrel(brush, skin, ground);
    }
    if (ground < 1) {
      pot(brush, ground);
    }
  }

  private static void saguaro(Brush brush, Color skin, double ground) {
    Dice dice = brush.dice();
    double width = dice.between(0.24, 0.36);
    int arms = dice.count(1, 3);
    int side = dice.side();
    for (int arm = 0; arm < arms; arm++) {
      bough(brush, skin, side * (arm % 2 == 0 ? 1 : -1), ground);
    }
    column(brush, Outline.stroked(line(0, -0.95 + width / 2, 0, ground), width), 0, width, skin);
    if (dice.chance(0.3)) {
      blossom(brush, 0, -0.95);
    }
  }

  private static void bough(Brush brush, Color skin, int side, double ground) {
    Dice dice = brush.dice();
    double width = dice.between(0.16, 0.24);
    double elbow = ground - dice.between(0.5, 0.95);
    double reach = side * dice.between(0.36, 0.55);
    double tip = elbow - dice.between(0.25, 0.6);
    brush.tube(
        curve(0, elbow + 0.05, reach * 0.7, elbow + 0.02, reach, elbow - 0.12, reach, tip),
        width,
        skin);
    column(
        brush,
        Outline.stroked(line(reach, tip, reach, elbow - 0.15), width * 0.96),
        reach,
        width,
        skin);
    if (dice.chance(0.3)) {
      blossom(brush, reach, tip - width / 2);
    }
  }

  private static void column(Brush brush, Shape shape, double middle, double width, Color skin) {
    brush.flat(shape, brush.material(skin));
    for (int rib = -2; rib <= 2; rib++) {
      double x = middle + width / 2 * Math.sin(rib * 0.55);
      brush.flat(common(shape, Outline.box(x - 0.008, -2, x + 0.008, 2)), Tint.scale(skin, 0.6));
      spines(brush, shape, x + width * 0.09);
    }
    brush.shadeCylinder(shape);
  }

  private static void spines(Brush brush, Shape within, double x) {
    Color spine = new Color(0xE9E2C4);
    for (double y = within.getBounds2D().getMinY() + 0.08;
        y < within.getBounds2D().getMaxY();
        y += 0.1) {
      if (within.contains(x, y)) {
        brush.line(line(x - 0.022, y - 0.018, x, y, x + 0.022, y - 0.018), 0.007, spine);
      }
    }
  }

  private static void barrel(Brush brush, Color skin, double ground) {
    Dice dice = brush.dice();
    double girth = dice.between(0.45, 0.6);
    double height = dice.between(0.5, 0.72);
    double middle = ground - height + 0.05;
    Shape body = ellipse(0, middle, girth, height);
    brush.flat(body, brush.material(skin));
    for (int rib = 1; rib <= 5; rib++) {
      double share = Math.sin(rib * 0.3);
      brush.line(ellipse(0, middle, girth * share, height), 0.02, Tint.scale(skin, 0.55));
      spines(brush, body, girth * share * 0.8);
      spines(brush, body, -girth * share * 0.8);
    }
    brush.shadeBall(body);
    if (dice.chance(0.6)) {
      blossom(brush, 0, middle - height);
    }
  }

  private static void blossom(Brush brush, double x, double y) {
    Color petal = Tint.hsb(brush.dice().between(0.85, 1.15), 0.7, 0.9);
    for (double angle = 0; angle < 6; angle += 1.05) {
      brush.ball(
          moved(ellipse(0, 0, 0.06, 0.045), x + 0.06 * Math.cos(angle), y + 0.04 * Math.sin(angle)),
          petal);
    }
    brush.ball(ellipse(x, y, 0.035, 0.03), new Color(0xF2D04A));
  }

  private static void pot(Brush brush, double top) {
    Color clay =
        brush.dice().chance(0.6) ? Tint.hue(brush.dice(), 0.02, 0.07) : Tint.muted(brush.dice());
    brush.cylinder(polygon(-0.36, top, 0.36, top, 0.27, 1, -0.27, 1), brush.material(clay));
    brush.cylinder(Outline.box(-0.41, top - 0.04, 0.41, top + 0.1), brush.material(clay));
  }

  static void mushroom(Brush brush) {
    Dice dice = brush.dice();
    int count = dice.chance(0.5) ? 1 : dice.count(2, 3);
    for (int at = count - 1; at > 0; at--) {
      double size = dice.between(0.35, 0.65);
      AffineTransform beside =
          AffineTransform.getTranslateInstance((at % 2 == 0 ? 1 : -1) * 0.6, 1 - size);
      beside.rotate(dice.between(-0.2, 0.2), 0, size);
      beside.scale(size, size);
      try (Brush small = brush.posed(beside)) {
        toadstool(small);
      }
    }
    toadstool(brush);
  }

  private static void toadstool(Brush brush) {
    Dice dice = brush.dice();
    double reach = dice.between(0.6, 0.95);
    double brim = dice.between(-0.35, 0.1);
    double crown = brim - dice.between(0.4, 0.75);
    double gills = dice.between(0.05, 0.16);
    Color flesh = Tint.mix(Tint.pale(dice), Tint.hue(dice, 0.06, 0.12), dice.between(0, 0.5));
    stalk(brush, brim, flesh);
    gills(brush, reach, brim, gills, Tint.scale(flesh, 0.8));
    Shape cap = cap(reach, brim, crown);
    Color skin =
        dice.chance(0.5)
            ? Tint.hsb(dice.between(0, 0.04), 0.85, dice.between(0.5, 0.85))
            : Tint.hue(dice, 0.03, 0.14);
    brush.flat(cap, brush.material(skin));
    if (dice.chance(0.6)) {
      warts(brush, cap, reach, brim, crown);
    }
    brush.shadeBall(cap);
  }

  private static Shape cap(double reach, double brim, double crown) {
    double shoulder = brim + (crown - brim) * 0.93;
    double side = brim + (crown - brim) * 0.55;
    return symmetric(
        0, crown, reach * 0.4, shoulder, reach * 0.85, side, reach, brim, reach * 0.5, brim + 0.04);
  }

  private static void stalk(Brush brush, double brim, Color flesh) {
    double width = brush.dice().between(0.12, 0.24);
    double foot = width * brush.dice().between(1, 1.6);
    Shape stalk = symmetric(width, brim - 0.1, width * 0.9, 0.4, foot, 0.85, foot * 0.7, 1);
    brush.cylinder(stalk, brush.material(flesh));
    if (brush.dice().chance(0.4)) {
      double y = brim + 0.35;
      brush.ball(
          polygon(-width * 1.1, y, width * 1.1, y, width * 1.5, y + 0.14, -width * 1.5, y + 0.14),
          flesh);
    }
    brush.shadow(0, brim + 0.08, width * 1.5, 0.2, 0.6);
  }

  private static void gills(Brush brush, double reach, double brim, double depth, Color colour) {
    Shape underside = ellipse(0, brim, reach * 0.97, depth);
    brush.flat(underside, colour);
    for (int at = -8; at <= 8; at++) {
      double x = reach * Math.sin(at * 0.19);
      brush.flat(
          common(underside, Outline.stroked(line(x * 0.25, brim - depth, x, brim + depth), 0.008)),
          Tint.scale(colour, 0.6));
    }
  }

  private static void warts(Brush brush, Shape cap, double reach, double brim, double crown) {
    Dice dice = brush.dice();
    Color wart = Tint.pale(dice);
    for (int at = dice.count(8, 16); at > 0; at--) {
      double x = reach * dice.between(-0.9, 0.9);
      double y = dice.between(crown, brim);
      double size = dice.between(0.03, 0.085);
      brush.flat(common(cap, ellipse(x, y, size * 1.3, size)), wart);
    }
  }
}
