package io.shufflenet.spark.demo;

/** What holds an object up. */
enum Footing {
  /** Nothing: it may be anywhere, at a slant. */
  ALOFT,
  /** The ground, onto which it throws a shadow. */
  STANDING,
  /** Water, which mirrors it. */
  AFLOAT
}
