package io.shufflenet.spark.demo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.MultipleGradientPaint.ColorSpaceType;
import java.awt.MultipleGradientPaint.CycleMethod;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Paints lit surfaces onto a picture. Coordinates are those of the object being painted. */
final class Brush implements AutoCloseable {
  private static final Point2D ORIGIN = new Point2D.Double();

  private final Graphics2D graphics;
  private final Light light;
  private final Dice dice;

  private Brush(Graphics2D graphics, Light light, Dice dice) {
    this.graphics = graphics;
    this.light = light;
    this.dice = dice;
  }

  static Brush on(BufferedImage picture, Light light, Dice dice) {
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    return new Brush(graphics, light, dice);
  }

  /** A brush for an object that this transform places into the present coordinates. */
  Brush posed(AffineTransform pose) {
    Graphics2D placed = (Graphics2D) graphics.create();
    placed.transform(pose);
    return new Brush(placed, light.seenBy(pose), dice);
  }

  @Override
  public void close() {
    graphics.dispose();
  }

  Dice dice() {
    return dice;
  }

  Light light() {
    return light;
  }

  /** One colour, without any light on it. */
  void flat(Shape shape, Paint paint) {
    graphics.setPaint(paint);
    graphics.fill(shape);
  }

  /** A bulging surface. */
  void ball(Shape shape, Paint paint) {
    flat(shape, paint);
    shadeBall(shape);
  }

  /** An upright round surface, such as a mug or a tower. */
  void cylinder(Shape shape, Paint paint) {
    flat(shape, paint);
    shadeCylinder(shape);
  }

  /** A flat surface on which the light falls off from one side to the other. */
  void panel(Shape shape, Paint paint) {
    flat(shape, paint);
    Rectangle2D bounds = shape.getBounds2D();
    double reachX = bounds.getWidth() / 2 * light.x();
    double reachY = bounds.getHeight() / 2 * light.y();
    Point2D bright = new Point2D.Double(bounds.getCenterX() + reachX, bounds.getCenterY() + reachY);
    Point2D dark = new Point2D.Double(bounds.getCenterX() - reachX, bounds.getCenterY() - reachY);
    flat(
        shape,
        new LinearGradientPaint(
            bright,
            dark,
            new float[] {0, 1},
            new Color[] {light.highlight(0.25), light.shadow(0.5)}));
  }

  void shadeBall(Shape shape) {
    Rectangle2D bounds = shape.getBounds2D();
    AffineTransform place =
        AffineTransform.getTranslateInstance(bounds.getCenterX(), bounds.getCenterY());
    place.scale(bounds.getWidth() / 2, bounds.getHeight() / 2);
    place.translate(0.4 * light.x(), 0.4 * light.y());
    Color[] colours = {
      light.highlight(0.6), light.highlight(0.1), light.shadow(0.2), light.shadow(0.8)
    };
    flat(
        shape,
        new RadialGradientPaint(
            ORIGIN,
            1.45f,
            ORIGIN,
            new float[] {0, 0.35f, 0.55f, 1},
            colours,
            CycleMethod.NO_CYCLE,
            ColorSpaceType.SRGB,
            place));
  }

  void shadeCylinder(Shape shape) {
    Rectangle2D bounds = shape.getBounds2D();
    float bright = (float) (0.5 + 0.3 * light.x());
    Color[] colours = {
      light.shadow(0.75),
      light.shadow(0.15),
      light.highlight(0.45),
      light.shadow(0.15),
      light.shadow(0.75)
    };
    flat(
        shape,
        new LinearGradientPaint(
            new Point2D.Double(bounds.getMinX(), 0),
            new Point2D.Double(bounds.getMaxX(), 0),
            new float[] {0, bright / 2, bright, (1 + bright) / 2, 1},
            colours));
  }

  /** A line of even colour. */
  void line(Shape path, double width, Paint paint) {
    flat(Outline.stroked(path, width), paint);
  }

  /** A round bar along the path, such as a handle, a bough or a tube of a frame. */
  void tube(Shape path, double width, Color colour) {
    line(path, width, Tint.mix(colour, light.shade(), 0.55 * light.contrast()));
    line(
        Outline.moved(path, light.x() * width * 0.1, light.y() * width * 0.1), width * 0.7, colour);
    line(
        Outline.moved(path, light.x() * width * 0.2, light.y() * width * 0.2),
        width * 0.25,
        light.highlight(0.5));
  }

  /** A soft dark spot. */
  void shadow(double x, double y, double radiusX, double radiusY, double opacity) {
    glow(x, y, radiusX, radiusY, Tint.fade(light.shade(), opacity));
  }

  /** A spot that fades out from the middle. */
  void glow(double x, double y, double radiusX, double radiusY, Color colour) {
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.scale(radiusX, radiusY);
    double opacity = colour.getAlpha() / 255.0;
    Color[] colours = {colour, Tint.fade(colour, opacity * 0.6), Tint.fade(colour, 0)};
    Paint paint =
        new RadialGradientPaint(
            ORIGIN,
            1,
            ORIGIN,
            new float[] {0, 0.5f, 1},
            colours,
            CycleMethod.NO_CYCLE,
            ColorSpaceType.SRGB,
            place);
    flat(Outline.ellipse(x, y, radiusX, radiusY), paint);
  }

  /** A randomly chosen pattern of two colours. */
  Paint pattern(List<Texture> textures, Color base, Color accent) {
    return dice.pick(textures).paint(base, accent, dice.between(0.2, 0.6), dice);
  }

  /** One colour with the unevenness of a real surface. */
  Paint material(Color colour) {
    return Texture.PLAIN.paint(colour, colour, 0.5, dice);
  }
}
