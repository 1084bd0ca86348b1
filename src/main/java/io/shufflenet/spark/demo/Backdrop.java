package io.shufflenet.spark.demo;

import java.util.List;

/**
 * A kind of place.
 *
 * @param highest where its horizon lies at the highest, as a share of the picture's height from
 *     above
 * @param lowest where its horizon lies at the lowest
 * @param clutter what stands about in it
 */
record Backdrop(double highest, double lowest, Painter painter, List<Clutter> clutter) {
  static final Backdrop SKY = new Backdrop(0.99, 1, Outdoors::sky, List.of(Clutter.BIRD));

  static final Backdrop MEADOW =
      new Backdrop(
          0.4,
          0.7,
          Outdoors::meadow,
          List.of(
              Clutter.TREE,
              Clutter.CONIFER,
              Clutter.BUSH,
              Clutter.POST,
              Clutter.HOUSE,
              Clutter.ROCK,
              Clutter.FLOWER));

  static final Backdrop DESERT =
      new Backdrop(
          0.4,
          0.7,
          Outdoors::desert,
          List.of(Clutter.ROCK, Clutter.ROCK, Clutter.BUSH, Clutter.POST));

  static final Backdrop SEA =
      new Backdrop(0.35, 0.7, Outdoors::sea, List.of(Clutter.ROCK, Clutter.BIRD, Clutter.POST));

  static final Backdrop COAST =
      new Backdrop(
          0.45,
          0.75,
          Outdoors::coast,
          List.of(Clutter.ROCK, Clutter.BIRD, Clutter.POST, Clutter.BUSH, Clutter.HOUSE));

  static final Backdrop DEPTHS =
      new Backdrop(
          0.6, 0.95, Outdoors::depths, List.of(Clutter.WEED, Clutter.BUBBLES, Clutter.ROCK));

  static final Backdrop TABLETOP =
      new Backdrop(
          0.3,
          0.65,
          Indoors::tabletop,
          List.of(
              Clutter.BOOKS,
              Clutter.FRUIT,
              Clutter.BOTTLE,
              Clutter.BOX,
              Clutter.FLOWER,
              Clutter.FRUIT));

  static final Backdrop STREET =
      new Backdrop(
          0.55,
          0.8,
          Indoors::street,
          List.of(Clutter.POST, Clutter.WINDOW, Clutter.BOX, Clutter.BUSH, Clutter.WINDOW));

  static final Backdrop THICKET =
      new Backdrop(
          0.5,
          0.9,
          Indoors::thicket,
          List.of(Clutter.LEAF, Clutter.BUSH, Clutter.FLOWER, Clutter.POST, Clutter.ROCK));

  /** Draws a surface from chance. */
  @FunctionalInterface
  interface Painter {
    Surface surface(View view, Dice dice);
  }

  View view(double aspect, Dice dice) {
    return new View(aspect, dice.between(highest, lowest));
  }
}
