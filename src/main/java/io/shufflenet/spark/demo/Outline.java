package io.shufflenet.spark.demo;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.Arrays;

/** Shapes of the unit box in which every object is drawn: x and y from -1 to 1, y downwards. */
final class Outline {
  private Outline() {}

  static Shape ellipse(double x, double y, double radiusX, double radiusY) {
    return new Ellipse2D.Double(x - radiusX, y - radiusY, 2 * radiusX, 2 * radiusY);
  }

  static Shape box(double left, double top, double right, double bottom) {
    return new Rectangle2D.Double(left, top, right - left, bottom - top);
  }

  static Shape rounded(double left, double top, double right, double bottom, double radius) {
    return new RoundRectangle2D.Double(
        left, top, right - left, bottom - top, 2 * radius, 2 * radius);
  }

  /** A closed polygon through x, y pairs. */
  static Shape polygon(double... points) {
    Path2D path = line(points);
    path.closePath();
    return path;
  }

  /** An open line through x, y pairs. */
  static Path2D line(double... points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int at = 2; at < points.length; at += 2) {
      path.lineTo(points[at], points[at + 1]);
    }
    return path;
  }

  /** A closed Catmull-Rom curve through x, y pairs. */
  static Shape smooth(double... points) {
    int corners = points.length / 2;
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int corner = 0; corner < corners; corner++) {
      curveOn(
          path,
          points,
          (corner + corners - 1) % corners,
          corner,
          (corner + 1) % corners,
          (corner + 2) % corners);
    }
    path.closePath();
    return path;
  }

  /**
   * A closed curve that is alike on both sides of x = 0, through the x, y pairs of its right side
   * from top to bottom.
   */
  static Shape symmetric(double... right) {
    double[] both = Arrays.copyOf(right, 2 * right.length);
    for (int at = 0; at < right.length; at += 2) {
      int opposite = both.length - 2 - at;
      both[opposite] = -right[at];
      both[opposite + 1] = right[at + 1];
    }
    return smooth(both);
  }

  /** An open Catmull-Rom curve through x, y pairs. */
  static Path2D curve(double... points) {
    int last = points.length / 2 - 1;
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int corner = 0; corner < last; corner++) {
      curveOn(
          path, points, Math.max(corner - 1, 0), corner, corner + 1, Math.min(corner + 2, last));
    }
    return path;
  }

  private static void curveOn(
      Path2D path, double[] points, int before, int from, int to, int after) {
    path.curveTo(
        points[2 * from] + (points[2 * to] - points[2 * before]) / 6,
        points[2 * from + 1] + (points[2 * to + 1] - points[2 * before + 1]) / 6,
        points[2 * to] - (points[2 * after] - points[2 * from]) / 6,
        points[2 * to + 1] - (points[2 * after + 1] - points[2 * from + 1]) / 6,
        points[2 * to],
        points[2 * to + 1]);
  }

  /** The area that a round-ended pen of this width covers along the path. */
  static Shape stroked(Shape path, double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        .createStrokedShape(path);
  }

  static Shape moved(Shape shape, double x, double y) {
    return AffineTransform.getTranslateInstance(x, y).createTransformedShape(shape);
  }

  static Shape turned(Shape shape, double radians) {
    return AffineTransform.getRotateInstance(radians).createTransformedShape(shape);
  }

  static Shape common(Shape first, Shape second) {
    Area area = new Area(first);
    area.intersect(new Area(second));
    return area;
  }

  static Shape without(Shape whole, Shape part) {
    Area area = new Area(whole);
    area.subtract(new Area(part));
    return area;
  }
}
