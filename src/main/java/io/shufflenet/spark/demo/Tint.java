package io.shufflenet.spark.demo;

import java.awt.Color;

/** Colours: mixed, lit and drawn from a seed. Packed colours are 0xAARRGGBB. */
final class Tint {
  private Tint() {}

  /** A saturated colour, as of paint, cloth or a petal. */
  static Color vivid(Dice dice) {
    return hsb(dice.between(0, 1), dice.between(0.5, 0.95), dice.between(0.45, 0.95));
  }

  /** A quiet colour, as of plaster, earthenware or a painted wall. */
  static Color muted(Dice dice) {
    return hsb(dice.between(0, 1), dice.between(0.05, 0.4), dice.between(0.35, 0.85));
  }

  /** Nearly white. */
  static Color pale(Dice dice) {
    return hsb(dice.between(0.02, 0.7), dice.between(0, 0.14), dice.between(0.78, 0.97));
  }

  /** Nearly black. */
  static Color dark(Dice dice) {
    return hsb(dice.between(0, 1), dice.between(0, 0.4), dice.between(0.08, 0.25));
  }

  /** A colour of the hue range {@code from} to {@code to}, in turns of the colour circle. */
  static Color hue(Dice dice, double from, double to) {
    return hsb(dice.between(from, to), dice.between(0.35, 0.75), dice.between(0.3, 0.8));
  }

  static Color hsb(double hue, double saturation, double brightness) {
    return Color.getHSBColor((float) hue, (float) saturation, (float) brightness);
  }

  static Color mix(Color from, Color to, double share) {
    return new Color(mix(from.getRGB(), to.getRGB(), share));
  }

  static int mix(int from, int to, double share) {
    double kept = 1 - share;
    int red = (int) (red(from) * kept + red(to) * share);
    int green = (int) (green(from) * kept + green(to) * share);
    int blue = (int) (blue(from) * kept + blue(to) * share);
    return rgb(red, green, blue);
  }

  /** Multiplies a colour's channels, and cuts them off at white. */
  static int scale(int colour, double factor) {
    return rgb(
        (int) Math.min(255, red(colour) * factor),
        (int) Math.min(255, green(colour) * factor),
        (int) Math.min(255, blue(colour) * factor));
  }

  static Color scale(Color colour, double factor) {
    return new Color(scale(colour.getRGB(), factor));
  }

  static Color fade(Color colour, double opacity) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int) (255 * opacity));
  }

  static int rgb(int red, int green, int blue) {
    return 0xFF000000 | (red << 16) | (green << 8) | blue;
  }

  static int red(int colour) {
    return (colour >> 16) & 0xFF;
  }

  static int green(int colour) {
    return (colour >> 8) & 0xFF;
  }

  static int blue(int colour) {
    return colour & 0xFF;
  }
}
