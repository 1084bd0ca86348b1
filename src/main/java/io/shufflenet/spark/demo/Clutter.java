package io.shufflenet.spark.demo;

import static io.shufflenet.spark.demo.Outline.box;
import static io.shufflenet.spark.demo.Outline.curve;
import static io.shufflenet.spark.demo.Outline.ellipse;
import static io.shufflenet.spark.demo.Outline.line;
import static io.shufflenet.spark.demo.Outline.polygon;
import static io.shufflenet.spark.demo.Outline.rounded;
import static io.shufflenet.spark.demo.Outline.smooth;

import java.awt.Color;
import java.awt.Shape;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Things of no class that stand about in a picture, drawn in the unit box with their foot at y = 1.
 */
enum Clutter {
  TREE {
    @Override
    void draw(Brush brush) {
      Color leaves = Tint.hue(brush.dice(), 0.1, 0.38);
      brush.tube(line(0, 1, 0, -0.1), brush.dice().between(0.08, 0.16), new Color(0x4A3A2C));
      for (int at = 0; at < 7; at++) {
        double x = brush.dice().between(-0.4, 0.4);
        double y = brush.dice().between(-0.65, 0.1);
        brush.ball(
            ellipse(x, y, 0.38, 0.32),
            brush.material(Tint.scale(leaves, brush.dice().between(0.7, 1))));
      }
    }
  },
  CONIFER {
    @Override
    void draw(Brush brush) {
      Color needles =
          Tint.hsb(brush.dice().between(0.3, 0.45), 0.45, brush.dice().between(0.18, 0.4));
      brush.line(line(0, 1, 0, 0.4), 0.09, new Color(0x40322A));
      for (int tier = 0; tier < 4; tier++) {
        double top = -1 + tier * 0.36;
        double reach = 0.22 + tier * 0.11;
        brush.panel(
            polygon(0, top, reach, top + 0.62, -reach, top + 0.62), brush.material(needles));
      }
    }
  },
  BUSH {
    @Override
    void draw(Brush brush) {
      Color leaves = Tint.hue(brush.dice(), 0.12, 0.4);
      for (int at = 0; at < 6; at++) {
        double size = brush.dice().between(0.3, 0.5);
        brush.ball(
            ellipse(
                brush.dice().between(-0.6, 0.6),
                1 - size * brush.dice().between(0.7, 1.2),
                size,
                size * 0.8),
            brush.material(Tint.scale(leaves, brush.dice().between(0.7, 1.1))));
      }
    }
  },
  ROCK {
    @Override
    void draw(Brush brush) {
      Color stone = Tint.mix(Tint.muted(brush.dice()), new Color(0x6A6660), 0.7);
      double left = brush.dice().between(0, 0.4);
      double right = brush.dice().between(0.1, 0.5);
      brush.ball(
          smooth(-0.95, 1, -0.8, 0.5, -0.3, left, 0.35, right, 0.9, 0.7, 0.98, 1),
          Texture.MARBLE.paint(stone, Tint.scale(stone, 0.7), 0.7, brush.dice()));
    }
  },
  POST {
    @Override
    void draw(Brush brush) {
      double width = brush.dice().between(0.04, 0.12);
      Color wood = Tint.mix(Tint.muted(brush.dice()), new Color(0x5A4A3C), 0.6);
      brush.cylinder(box(-width, -1, width, 1), brush.material(wood));
    }
  },
  HOUSE {
    @Override
    void draw(Brush brush) {
      Color wall = brush.dice().chance(0.5) ? Tint.pale(brush.dice()) : Tint.muted(brush.dice());
      brush.panel(box(-0.8, 0.1, 0.8, 1), brush.material(wall));
      brush.panel(
          polygon(-0.92, 0.12, -0.5, -0.4, 0.5, -0.4, 0.92, 0.12),
          brush.material(Tint.hue(brush.dice(), 0, 0.08)));
      for (double x = -0.6; x < 0.6; x += 0.42) {
        brush.flat(box(x, 0.35, x + 0.2, 0.65), new Color(0x39424E));
      }
    }
  },
  BIRD {
    @Override
    void draw(Brush brush) {
      Color feather = Tint.dark(brush.dice());
      double lift = brush.dice().between(-0.7, 0.1);
      brush.flat(
          smooth(-1, lift, -0.4, -0.1, 0, 0.1, 0.4, -0.1, 1, lift, 0.35, 0.1, 0, 0.3, -0.35, 0.1),
          feather);
    }
  },
  WEED {
    @Override
    void draw(Brush brush) {
      Color frond = Tint.hue(brush.dice(), 0.18, 0.45);
      for (int at = 0; at < 5; at++) {
        double x = brush.dice().between(-0.3, 0.3);
        double sway = brush.dice().between(-0.35, 0.35);
        double top = brush.dice().between(-1, 0);
        brush.tube(curve(x, 1, x + sway, 0.5, x - sway, 0, x + sway * 0.6, top), 0.09, frond);
      }
    }
  },
  BUBBLES {
    @Override
    void draw(Brush brush) {
      for (int at = 0; at < 6; at++) {
        double size = brush.dice().between(0.05, 0.2);
        double x = brush.dice().between(-0.5, 0.5);
        double y = brush.dice().between(-1, 1);
        brush.flat(ellipse(x, y, size, size), new Color(255, 255, 255, 50));
        brush.line(ellipse(x, y, size, size), 0.02, new Color(255, 255, 255, 130));
      }
    }
  },
  FLOWER {
    @Override
    void draw(Brush brush) {
      Color petal = Tint.vivid(brush.dice());
      brush.tube(
          curve(0, 1, brush.dice().between(-0.2, 0.2), 0.3, 0, -0.4), 0.05, new Color(0x4E7A34));
      for (double angle = 0; angle < 6.2; angle += 0.9) {
        Shape leaf = Outline.moved(Outline.turned(ellipse(0.28, 0, 0.24, 0.13), angle), 0, -0.5);
        brush.panel(leaf, petal);
      }
      brush.ball(ellipse(0, -0.5, 0.14, 0.14), new Color(0xE2B83A));
    }
  },
  LEAF {
    @Override
    void draw(Brush brush) {
      Color green = Tint.hue(brush.dice(), 0.08, 0.38);
      Shape leaf =
          Outline.turned(
              smooth(-0.9, 0, -0.3, -0.38, 0.4, -0.3, 1, 0, 0.4, 0.3, -0.3, 0.38),
              brush.dice().between(-3, 3));
      brush.panel(leaf, brush.material(green));
    }
  },
  BOOKS {
    @Override
    void draw(Brush brush) {
      double left = -0.9;
      while (left < 0.8) {
        double right = left + brush.dice().between(0.15, 0.4);
        brush.panel(
            box(left, brush.dice().between(-0.9, -0.3), right - 0.02, 1),
            brush.material(Tint.muted(brush.dice())));
        left = right;
      }
    }
  },
  FRUIT {
    @Override
    void draw(Brush brush) {
      Color peel = Tint.hsb(brush.dice().between(0, 0.3), 0.75, brush.dice().between(0.5, 0.9));
      brush.shadow(0, 0.97, 0.8, 0.15, 0.6);
      brush.ball(ellipse(0, 0.4, 0.62, 0.6), brush.material(peel));
      brush.line(curve(0, -0.15, 0.04, -0.28, 0.12, -0.35), 0.05, new Color(0x4A3A24));
    }
  },
  BOTTLE {
    @Override
    void draw(Brush brush) {
      Color glass = Tint.scale(Tint.hue(brush.dice(), 0.08, 0.6), 0.7);
      brush.cylinder(
          smooth(
              -0.1, -1, 0.1, -1, 0.11, -0.45, 0.32, -0.1, 0.33, 0.9, 0.25, 1, -0.25, 1, -0.33, 0.9,
              -0.32, -0.1, -0.11, -0.45),
          glass);
      brush.cylinder(box(-0.32, 0.2, 0.32, 0.65), Tint.pale(brush.dice()));
    }
  },
  BOX {
    @Override
    void draw(Brush brush) {
      Color card = Tint.muted(brush.dice());
      double top = brush.dice().between(-0.5, 0.4);
      brush.panel(
          box(-0.8, top, 0.8, 1),
          brush.pattern(
              List.of(Texture.PLAIN, Texture.STRIPES, Texture.CHECKS),
              card,
              Tint.vivid(brush.dice())));
      brush.flat(
          polygon(-0.8, top, -0.6, top - 0.16, 0.95, top - 0.16, 0.8, top), Tint.scale(card, 1.15));
    }
  },
  WINDOW {
    @Override
    void draw(Brush brush) {
      brush.flat(box(-0.7, -0.9, 0.7, 0.5), Tint.pale(brush.dice()));
      brush.panel(rounded(-0.6, -0.8, 0.6, 0.42, 0.03), new Color(0x46586A));
      brush.flat(box(-0.03, -0.8, 0.03, 0.42), Tint.pale(brush.dice()));
      brush.flat(box(-0.6, -0.25, 0.6, -0.2), Tint.pale(brush.dice()));
    }
  };

  private static final Set<Clutter> ALOFT = EnumSet.of(BIRD, BUBBLES, LEAF, WINDOW);

  abstract void draw(Brush brush);

  Footing footing() {
    return ALOFT.contains(this) ? Footing.ALOFT : Footing.STANDING;
  }
}
