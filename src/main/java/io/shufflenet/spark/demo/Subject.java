package io.shufflenet.spark.demo;

import static io.shufflenet.spark.demo.Footing.AFLOAT;
import static io.shufflenet.spark.demo.Footing.ALOFT;
import static io.shufflenet.spark.demo.Footing.STANDING;

import java.util.List;
import java.util.function.Consumer;

/**
 * A class of the demo's images: what its pictures show, where, and how it is drawn. Every kind of
 * place serves several classes, so that a background alone does not tell the class.
 *
 * @param drawing paints one object into the unit box; one that stands has its foot at y = 1
 */
record Subject(String name, Footing footing, List<Backdrop> backdrops, Consumer<Brush> drawing) {
  static final List<Subject> ALL =
      List.of(
          new Subject(
              "airship",
              ALOFT,
              List.of(Backdrop.SKY, Backdrop.COAST, Backdrop.SEA),
              Aircraft::airship),
          new Subject(
              "balloon",
              ALOFT,
              List.of(Backdrop.SKY, Backdrop.MEADOW, Backdrop.DESERT),
              Aircraft::balloon),
          new Subject(
              "bicycle",
              STANDING,
              List.of(Backdrop.STREET, Backdrop.MEADOW, Backdrop.THICKET),
              Vehicles::bicycle),
          new Subject(
              "butterfly",
              ALOFT,
              List.of(Backdrop.THICKET, Backdrop.MEADOW, Backdrop.SKY),
              Animals::butterfly),
          new Subject(
              "cactus",
              STANDING,
              List.of(Backdrop.DESERT, Backdrop.TABLETOP, Backdrop.STREET),
              Plants::cactus),
          new Subject(
              "fish",
              ALOFT,
              List.of(Backdrop.DEPTHS, Backdrop.DEPTHS, Backdrop.SEA, Backdrop.TABLETOP),
              Animals::fish),
          new Subject(
              "lighthouse",
              STANDING,
              List.of(Backdrop.COAST, Backdrop.MEADOW, Backdrop.DESERT),
              Buildings::lighthouse),
          new Subject(
              "mug",
              STANDING,
              List.of(Backdrop.TABLETOP, Backdrop.STREET, Backdrop.THICKET),
              Tableware::mug),
          new Subject(
              "mushroom",
              STANDING,
              List.of(Backdrop.THICKET, Backdrop.MEADOW, Backdrop.TABLETOP),
              Plants::mushroom),
          new Subject("sailboat", AFLOAT, List.of(Backdrop.SEA), Vehicles::sailboat),
          new Subject(
              "teapot",
              STANDING,
              List.of(Backdrop.TABLETOP, Backdrop.STREET, Backdrop.THICKET),
              Tableware::teapot),
          new Subject(
              "windmill",
              STANDING,
              List.of(Backdrop.MEADOW, Backdrop.COAST, Backdrop.DESERT),
              Buildings::windmill));
}
