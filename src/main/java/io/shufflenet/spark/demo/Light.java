package io.shufflenet.spark.demo;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Point2D;

/**
 * The light of a picture: a unit vector towards it (y downwards, so negative from above), the
 * colours of lit and of shaded sides, and how strongly the two differ, in 0..1.
 */
record Light(double x, double y, Color glow, Color shade, double contrast) {

  static Light drawn(Dice dice) {
    double angle = dice.between(0.1, 0.9) * Math.PI;
    double warmth = dice.between(0, 1);
    Color glow = Tint.mix(new Color(255, 255, 255), new Color(255, 226, 176), warmth);
    Color shade = Tint.mix(new Color(16, 14, 14), new Color(22, 20, 58), warmth);
    return new Light(Math.cos(angle), -Math.sin(angle), glow, shade, dice.between(0.35, 1));
  }

  /** The same light as an object sees it that this transform places into the picture. */
  Light seenBy(AffineTransform pose) {
    try {
      Point2D towards = pose.createInverse().deltaTransform(new Point2D.Double(x, y), null);
      double length = Math.hypot(towards.getX(), towards.getY());
      return new Light(towards.getX() / length, towards.getY() / length, glow, shade, contrast);
    } catch (NoninvertibleTransformException flat) {
      throw new IllegalStateException("Cannot light an object that has no area: " + pose, flat);
    }
  }

  Color highlight(double opacity) {
    return Tint.fade(glow, opacity * contrast);
  }

  Color shadow(double opacity) {
    return Tint.fade(shade, opacity * contrast);
  }
}
