package io.shufflenet.spark.demo;

import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Function;

/**
 * One picture of one object: its place, the things around it, its pose, its light and the camera.
 */
final class Photograph {
  /** Those of photographs on the web, each a little off. */
  static final List<Size> SIZES =
      List.of(
          new Size(500, 375, 9),
          new Size(500, 333, 9),
          new Size(375, 500, 9),
          new Size(333, 500, 9),
          new Size(400, 300, 9),
          new Size(320, 240, 9),
          new Size(300, 300, 9),
          new Size(256, 342, 9),
          new Size(640, 480, 9),
          new Size(480, 640, 9),
          new Size(720, 480, 9));

  /** How many times smaller layers are drawn that are out of focus anyway. */
  private static final double BACKGROUND = 2;

  private static final double FOREGROUND = 4;

  private final Subject subject;
  private final Dice dice;
  private final Backdrop backdrop;
  private final Light light;
  private final View view;
  private final BufferedImage picture;
  private final int shortSide;

  private Photograph(Subject subject, Dice dice, List<Size> sizes) {
    this.subject = subject;
    this.dice = dice;
    this.backdrop = dice.pick(subject.backdrops());
    this.light = Light.drawn(dice);
    Size size = dice.pick(sizes);
    int width = size.width + dice.count(-size.play, size.play);
    int height = size.height + dice.count(-size.play, size.play);
    this.picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    this.shortSide = Math.min(width, height);
    this.view = backdrop.view((double) width / height, dice);
  }

  /** In pixels; {@code play} is how far either side may be off. */
  record Size(int width, int height, int play) {}

  /** Takes a picture of one of the sizes: packed RGB. */
  static BufferedImage of(Subject subject, Dice dice, List<Size> sizes) {
    Photograph photograph = new Photograph(subject, dice, sizes);
    photograph.background();
    photograph.object();
    photograph.foreground();
    Lens.develop(photograph.picture, dice);
    return photograph.picture;
  }

  private void background() {
    BufferedImage plane = plane(BACKGROUND);
    backdrop.painter().surface(view, dice).fill(plane);
    paint(plane, BACKGROUND, dice.count(0, 6), this::farther);
    Lens.blur(plane, dice.count(0, shortSide / 200));
    stack(plane, AffineTransform.getScaleInstance(BACKGROUND, BACKGROUND), 1);
  }

  /** Things near the camera, far out of focus, that may hide a part of the object. */
  private void foreground() {
    if (!dice.chance(0.4)) {
      return;
    }
    BufferedImage plane = plane(FOREGROUND);
    paint(plane, FOREGROUND, dice.count(1, 3), thing -> nearer());
    Lens.blur(plane, dice.count(1, 2 + shortSide / 120));
    stack(plane, AffineTransform.getScaleInstance(FOREGROUND, FOREGROUND), 1);
  }

  /** Paints so many things of this place onto a layer, each where {@code pose} puts it. */
  private void paint(
      BufferedImage plane, double smaller, int count, Function<Clutter, AffineTransform> pose) {
    try (Brush brush = Brush.on(plane, light, dice);
        Brush scaled = brush.posed(AffineTransform.getScaleInstance(1 / smaller, 1 / smaller))) {
      for (int left = count; left > 0; left--) {
        Clutter thing = dice.pick(backdrop.clutter());
        try (Brush placed = scaled.posed(pose.apply(thing))) {
          thing.draw(placed);
        }
      }
    }
  }

  /** A pose on the ground or in the air behind the object, the smaller the farther. */
  private AffineTransform farther(Clutter thing) {
    boolean aloft = thing.footing() == Footing.ALOFT;
    double y = aloft ? dice.between(0.05, 0.8) : dice.between(view.horizon(), 1);
    double nearness = aloft ? dice.between(0.1, 0.5) : view.nearness(y);
    double size = shortSide * (0.05 + 0.2 * nearness) * dice.between(0.7, 1.3);
    double x = picture.getWidth() * dice.between(0, 1);
    AffineTransform pose = AffineTransform.getTranslateInstance(x, picture.getHeight() * y - size);
    pose.scale(size * dice.side(), size);
    return pose;
  }

  /** A pose at the lower edge, left or right of the middle. */
  private AffineTransform nearer() {
    double size = shortSide * dice.between(0.12, 0.3);
    double x = picture.getWidth() / 2.0 + dice.side() * shortSide * dice.between(0.3, 0.6);
    double y = picture.getHeight() - size * dice.between(-0.2, 0.9);
    AffineTransform pose = AffineTransform.getTranslateInstance(x, y);
    pose.scale(size, size);
    return pose;
  }

  private void object() {
    double size = shortSide * dice.between(0.25, 0.46);
    double foot = foot(size);
    BufferedImage layer = plane(1);
    try (Brush brush = Brush.on(layer, light, dice);
        Brush placed = brush.posed(pose(size, foot))) {
      subject.drawing().accept(placed);
    }
    if (subject.footing() == Footing.STANDING) {
      shadow(layer, foot);
    } else if (subject.footing() == Footing.AFLOAT) {
      reflection(layer, foot);
    }
    stack(layer, new AffineTransform(), 1);
  }

  /**
   * The height at which the object ends: on the ground in front of the horizon, and within the
   * middle square.
   */
  private double foot(double size) {
    double middle = picture.getHeight() / 2.0;
    if (subject.footing() == Footing.ALOFT) {
      return middle + size + shortSide * dice.between(-0.1, 0.1);
    }
    double foot =
        Math.max(
            middle + shortSide * dice.between(0.32, 0.49), middle - shortSide / 2.0 + 2 * size);
    return Math.max(foot, picture.getHeight() * (view.horizon() + 0.04));
  }

  private AffineTransform pose(double size, double foot) {
    double slant = subject.footing() == Footing.ALOFT ? 0.4 : 0.07;
    AffineTransform pose =
        AffineTransform.getTranslateInstance(
            picture.getWidth() / 2.0 + shortSide * dice.between(-0.14, 0.14), foot - size);
    pose.rotate(dice.between(-slant, slant), 0, subject.footing() == Footing.ALOFT ? 0 : size);
    pose.shear(dice.between(-0.08, 0.08), 0);
    pose.scale(size * dice.side() * dice.between(0.65, 1), size);
    return pose;
  }

  private void shadow(BufferedImage layer, double foot) {
    BufferedImage shadow = plane(FOREGROUND);
    Graphics2D graphics = shadow.createGraphics();
    graphics.drawImage(layer, 0, 0, shadow.getWidth(), shadow.getHeight(), null);
    graphics.setComposite(AlphaComposite.SrcIn);
    graphics.setColor(light.shade());
    graphics.fillRect(0, 0, shadow.getWidth(), shadow.getHeight());
    graphics.dispose();
    Lens.blur(shadow, dice.count(0, 1));
    double length = dice.between(0.12, 0.35) * dice.side();
    AffineTransform fall = AffineTransform.getTranslateInstance(0, foot);
    fall.concatenate(new AffineTransform(1, 0, light.x() * 0.7, length, 0, 0));
    fall.translate(0, -foot);
    fall.scale(FOREGROUND, FOREGROUND);
    stack(shadow, fall, 0.25 + 0.4 * light.contrast());
  }

  private void reflection(BufferedImage layer, double foot) {
    AffineTransform mirror = AffineTransform.getTranslateInstance(0, foot);
    mirror.scale(1, -dice.between(0.6, 0.95));
    mirror.translate(0, -foot);
    stack(layer, mirror, dice.between(0.1, 0.4));
  }

  /** An empty layer that is this many times smaller than the picture. */
  private BufferedImage plane(double smaller) {
    int width = (int) Math.ceil(picture.getWidth() / smaller);
    int height = (int) Math.ceil(picture.getHeight() / smaller);
    return new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
  }

  private void stack(BufferedImage layer, AffineTransform place, double opacity) {
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
    graphics.drawImage(layer, place, null);
    graphics.dispose();
  }
}
