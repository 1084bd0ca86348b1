package io.shufflenet.spark.demo;

import static io.shufflenet.spark.demo.Outline.common;
import static io.shufflenet.spark.demo.Outline.curve;
import static io.shufflenet.spark.demo.Outline.ellipse;
import static io.shufflenet.spark.demo.Outline.line;
import static io.shufflenet.spark.demo.Outline.smooth;

import java.awt.Color;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.List;

/** Butterflies and fish. */
final class Animals {
  private static final List<Texture> SKINS =
      List.of(
          Texture.SCALES,
          Texture.SCALES,
          Texture.STRIPES,
          Texture.BANDS,
          Texture.DOTS,
          Texture.MARBLE);

  private Animals() {}

  static void butterfly(Brush brush) {
    Dice dice = brush.dice();
    Wings wings = Wings.drawn(dice);
    wing(brush, wings, dice.between(0.6, 1));
    AffineTransform mirror = AffineTransform.getScaleInstance(-1, 1);
    try (Brush left = brush.posed(mirror)) {
      wing(left, wings, dice.between(0.6, 1));
    }
    Color fur = Tint.scale(Tint.hue(dice, 0.04, 0.1), 0.5);
    brush.line(curve(-0.02, -0.42, -0.1, -0.65, -0.22, -0.8), 0.014, fur);
    brush.line(curve(0.02, -0.42, 0.1, -0.65, 0.22, -0.8), 0.014, fur);
    brush.ball(
        smooth(
            0, -0.48, 0.06, -0.4, 0.07, -0.1, 0.04, 0.45, 0, 0.55, -0.04, 0.45, -0.07, -0.1, -0.06,
            -0.4),
        fur);
  }

  /** The shapes, colours and spots that a butterfly's two sides share. */
  private record Wings(
      Shape fore, Shape hind, Color colour, Color second, Color margin, int spots) {
    static Wings drawn(Dice dice) {
      double tip = dice.between(-0.95, -0.6);
      double tail = dice.between(0.6, 0.98);
      double[] upper = {
        0.03, -0.3, 0.35, -0.72, 0.8, tip, 1, tip + 0.12, 0.92, -0.3, 0.7, 0, 0.3, 0.08, 0.03, 0
      };
      double[] lower = {
        0.03, -0.02, 0.4, 0.02, 0.76, 0.15, 0.78, 0.45, 0.5, tail, 0.3, 0.62, 0.03, 0.25
      };
      return new Wings(
          smooth(upper),
          smooth(lower),
          Tint.vivid(dice),
          Tint.vivid(dice),
          Tint.dark(dice),
          dice.count(0, 4));
    }
  }

  private static void wing(Brush brush, Wings wings, double opened) {
    AffineTransform fold = AffineTransform.getScaleInstance(opened, 1);
    Shape hind = fold.createTransformedShape(wings.hind);
    Shape fore = fold.createTransformedShape(wings.fore);
    lobe(brush, hind, wings, Tint.mix(wings.colour, wings.second, 0.6));
    lobe(brush, fore, wings, wings.colour);
    for (int spot = 0; spot < wings.spots; spot++) {
      double x = (0.4 + 0.14 * spot) * opened;
      brush.flat(common(fore, ellipse(x, -0.5 + 0.12 * spot, 0.06, 0.06)), wings.second);
      brush.flat(common(hind, ellipse(x * 0.9, 0.25 + 0.1 * spot, 0.06, 0.06)), wings.margin);
    }
  }

  private static void lobe(Brush brush, Shape lobe, Wings wings, Color colour) {
    brush.panel(lobe, brush.material(colour));
    double middle = lobe.getBounds2D().getCenterY();
    for (int vein = -3; vein <= 3; vein++) {
      Shape ray = Outline.stroked(line(0.04, middle * 0.3, 1, middle + vein * 0.22), 0.012);
      brush.flat(common(lobe, ray), Tint.fade(wings.margin, 0.7));
    }
    brush.flat(common(lobe, Outline.stroked(lobe, 0.14)), Tint.fade(wings.margin, 0.9));
  }

  static void fish(Brush brush) {
    Dice dice = brush.dice();
    double height = dice.between(0.28, 0.52);
    Color skin = dice.chance(0.6) ? Tint.vivid(dice) : Tint.muted(dice);
    Color accent = dice.chance(0.5) ? Tint.pale(dice) : Tint.vivid(dice);
    Paint fins = brush.material(Tint.mix(skin, accent, dice.between(0, 1)));
    tail(brush, fins);
    backFins(brush, height, fins);
    brush.ball(body(height), brush.pattern(SKINS, skin, accent));
    head(brush, height);
    brush.panel(smooth(-0.3, 0.06, -0.05, 0.0, 0.1, 0.12, 0.02, 0.26, -0.15, 0.22), fins);
  }

  private static Shape body(double height) {
    double[] outline = {
      -0.95,
      0.04,
      -0.75,
      -height * 0.6,
      -0.3,
      -height,
      0.2,
      -height * 0.75,
      0.62,
      -0.12,
      0.72,
      0,
      0.62,
      0.12,
      0.2,
      height * 0.8,
      -0.3,
      height,
      -0.75,
      height * 0.65
    };
    return smooth(outline);
  }

  private static void tail(Brush brush, Paint paint) {
    double spread = brush.dice().between(0.25, 0.48);
    double notch = brush.dice().between(0.75, 0.95);
    brush.panel(
        smooth(
            0.55, 0, 0.8, -spread * 0.7, 1.02, -spread, notch, 0, 1.02, spread, 0.8, spread * 0.7),
        paint);
    rays(brush, 0.65, 0, 1, spread);
  }

  private static void backFins(Brush brush, double height, Paint paint) {
    double rise = height + brush.dice().between(0.12, 0.3);
    double low = -height * 0.6;
    brush.panel(
        smooth(-0.45, low - 0.1, -0.25, -rise, 0.1, -rise * 0.95, 0.4, low, 0.2, low + 0.1), paint);
    brush.panel(
        smooth(0.05, height * 0.7, 0.25, rise * 0.95, 0.42, height * 0.7, 0.4, height * 0.4),
        paint);
    brush.panel(smooth(-0.35, height * 0.85, -0.2, rise, -0.05, height * 0.8), paint);
  }

  private static void rays(Brush brush, double x, double y, double reach, double spread) {
    Color ray = Tint.fade(brush.light().shade(), 0.35);
    for (int at = -3; at <= 3; at++) {
      brush.line(line(x, y, reach - 0.05, y + spread * at / 3.5), 0.01, ray);
    }
  }

  private static void head(Brush brush, double height) {
    brush.line(
        curve(-0.52, -height * 0.65, -0.43, 0, -0.52, height * 0.65),
        0.02,
        Tint.fade(brush.light().shade(), 0.5));
    brush.line(
        curve(-0.95, 0.06, -0.86, 0.1, -0.78, 0.09), 0.018, Tint.fade(brush.light().shade(), 0.7));
    brush.ball(ellipse(-0.7, -height * 0.25, 0.075, 0.075), new Color(0xF2EFD8));
    brush.flat(ellipse(-0.71, -height * 0.25, 0.042, 0.042), new Color(0x141414));
    brush.flat(ellipse(-0.725, -height * 0.25 - 0.02, 0.013, 0.013), Color.WHITE);
  }
}
