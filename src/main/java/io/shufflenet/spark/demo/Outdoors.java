package io.shufflenet.spark.demo;

import java.awt.Color;
import java.util.List;

/** Skies, lands and waters. */
final class Outdoors {
  private static final List<Sky> SKIES =
      List.of(
          new Sky(new Color(0x2F66B0), new Color(0xB9D3EA), new Color(0xFBFBFD)),
          new Sky(new Color(0x4B86C6), new Color(0xDCE8F0), new Color(0xF4F4F6)),
          new Sky(new Color(0x7F8C9A), new Color(0xC4CAD0), new Color(0xE2E4E6)),
          new Sky(new Color(0x3F5C8A), new Color(0xF0B98A), new Color(0xF6D2BC)),
          new Sky(new Color(0x5A4F7C), new Color(0xE58E63), new Color(0xC9798A)),
          new Sky(new Color(0x1F3560), new Color(0x8FA6C8), new Color(0xAEB9CC)));

  private static final List<Ground> MEADOWS =
      List.of(
          new Ground(new Color(0x3C5A20), new Color(0x8FA64C)),
          new Ground(new Color(0x4E6B2C), new Color(0xB5BE62)),
          new Ground(new Color(0x7C6E36), new Color(0xCDBB74)),
          new Ground(new Color(0x9FAEC0), new Color(0xF2F5FA)));

  private static final List<Ground> DESERTS =
      List.of(
          new Ground(new Color(0xA87B4A), new Color(0xE6C592)),
          new Ground(new Color(0x8A5A3C), new Color(0xCF9568)),
          new Ground(new Color(0x8F8468), new Color(0xD0C4A2)));

  private static final List<Color> WATERS =
      List.of(new Color(0x1E4E6E), new Color(0x2F6F73), new Color(0x3C5566), new Color(0x1A3550));

  private Outdoors() {}

  private record Sky(Color zenith, Color haze, Color cloud) {}

  private record Ground(Color dark, Color bright) {}

  /** Open sky, down to the lower edge. */
  static Surface sky(View view, Dice dice) {
    return clouds(new View(view.aspect(), dice.between(0.9, 1.6)), dice.pick(SKIES), dice);
  }

  static Surface meadow(View view, Dice dice) {
    Color hill = dice.pick(List.of(new Color(0x2E4A2A), new Color(0x4A6050), new Color(0x5D6B5A)));
    return land(view, dice.pick(SKIES), dice.pick(MEADOWS), hill, dice);
  }

  static Surface desert(View view, Dice dice) {
    Color hill = dice.pick(List.of(new Color(0x8A4E38), new Color(0x7A6658), new Color(0xA07A5C)));
    return land(view, dice.pick(SKIES), dice.pick(DESERTS), hill, dice);
  }

  /** Land before the sea: its edge lies at the view's horizon, the sea's own above. */
  static Surface coast(View view, Dice dice) {
    Surface sea = sea(new View(view.aspect(), view.horizon() - dice.between(0.04, 0.2)), dice);
    Surface ground = soil(view, dice.pick(dice.chance(0.6) ? MEADOWS : DESERTS), dice);
    Noise noise = Noise.of(dice.seed());
    return (x, y) ->
        y < view.horizon() + 0.05 * noise.fractal(x * 3, 8, 3)
            ? sea.colour(x, y)
            : ground.colour(x, y);
  }

  private static Surface soil(View view, Ground ground, Dice dice) {
    Noise noise = Noise.of(dice.seed());
    double grain = dice.between(2, 5);
    return (x, y) -> {
      double fine = noise.fractal(view.across(x, y) * grain, view.shrinking(y) * grain * 2, 4);
      double broad = noise.at(view.across(x, y) * 0.9, view.shrinking(y));
      return Tint.mix(
          ground.dark.getRGB(), ground.bright.getRGB(), ramp(0.15, 0.85, 0.6 * fine + 0.4 * broad));
    };
  }

  private static Surface land(View view, Sky sky, Ground ground, Color hill, Dice dice) {
    Surface above = clouds(view, sky, dice);
    Surface soil = soil(view, ground, dice);
    Noise noise = Noise.of(dice.seed());
    double rise = dice.between(0.02, 0.28);
    double width = dice.between(1, 3);
    int far = Tint.mix(hill, sky.haze, dice.between(0.2, 0.7)).getRGB();
    return (x, y) -> {
      if (y > view.horizon()) {
        return Tint.mix(soil.colour(x, y), far, 0.6 * Math.exp(-6 * view.nearness(y)));
      }
      double ridge = view.horizon() - rise * noise.fractal(x * width, 40, 5);
      return y < ridge
          ? above.colour(x, y)
          : Tint.scale(far, 0.75 + 0.5 * noise.fractal(x * 14, y * 22, 3));
    };
  }

  static Surface sea(View view, Dice dice) {
    Sky sky = dice.pick(SKIES);
    Surface above = clouds(view, sky, dice);
    Noise noise = Noise.of(dice.seed());
    double chop = dice.between(4, 9);
    double sun = dice.between(0, view.aspect());
    double glitter = dice.between(0, 0.9);
    Color deep = dice.pick(WATERS);
    int crest = Tint.mix(deep, sky.haze, 0.75).getRGB();
    return (x, y) -> {
      if (y < view.horizon()) {
        return above.colour(x, y);
      }
      double wave =
          noise.fractal(view.across(x, y) * chop * 0.5, view.shrinking(y) * chop * 2.5, 4);
      double sparkle = glitter * Math.exp(-Math.abs(x - sun) * 5) * ramp(0.5, 0.65, wave);
      int water = Tint.mix(deep.getRGB(), crest, ramp(0.25, 0.85, wave) * 0.8);
      int hazy = Tint.mix(water, sky.haze.getRGB(), 0.5 * Math.exp(-8 * view.nearness(y)));
      return Tint.mix(hazy, sky.cloud.getRGB(), sparkle);
    };
  }

  /** Under water, with shafts of light and a sandy floor. */
  static Surface depths(View view, Dice dice) {
    Noise noise = Noise.of(dice.seed());
    Color top = Tint.hsb(dice.between(0.42, 0.58), dice.between(0.4, 0.8), dice.between(0.55, 0.9));
    Color bottom = Tint.scale(top, dice.between(0.15, 0.45));
    Color sand = Tint.mix(bottom, dice.pick(DESERTS).bright, dice.between(0.2, 0.6));
    double slope = dice.between(-0.6, 0.6);
    double shafts = dice.between(0.1, 0.5);
    double floor = Math.max(view.horizon(), 0.55);
    return (x, y) -> {
      double shaft = noise.at((x + y * slope) * 9, 3) * noise.at((x + y * slope) * 23, 9);
      int water = Tint.mix(top.getRGB(), bottom.getRGB(), ramp(0, 1, y));
      water =
          Tint.scale(
              water, 0.85 + shafts * 2 * shaft * (1 - y) + 0.2 * noise.fractal(x * 3, y * 3, 3));
      double depth = (y - floor + 0.06 * noise.at(x * 3, 7)) / 0.2;
      double ripple = noise.fractal(x * 6, y * 26, 3);
      return Tint.mix(
          water, Tint.scale(sand.getRGB(), 0.6 + 0.7 * ripple), 0.8 * ramp(0, 1, depth));
    };
  }

  private static double ramp(double low, double high, double value) {
    return Surface.ramp(low, high, value);
  }

  private static Surface clouds(View view, Sky sky, Dice dice) {
    Noise noise = Noise.of(dice.seed());
    double size = dice.between(1.5, 5);
    double cover = dice.between(0.4, 0.75);
    int lining = Tint.mix(sky.cloud, sky.zenith, 0.45).getRGB();
    return (x, y) -> {
      double height = Math.min(1, y / view.horizon());
      int air = Tint.mix(sky.zenith.getRGB(), sky.haze.getRGB(), Math.pow(height, 1.3));
      double flat = size * (1 + height);
      double density = noise.fractal(x * size, y * flat, 4);
      double thickness = ramp(cover, cover + 0.2, density);
      if (thickness == 0) {
        return air;
      }
      double above = noise.fractal(x * size, (y - 0.03) * flat, 3);
      int cloud = Tint.mix(sky.cloud.getRGB(), lining, ramp(cover - 0.05, cover + 0.25, above));
      return Tint.mix(air, cloud, thickness * 0.92);
    };
  }
}
