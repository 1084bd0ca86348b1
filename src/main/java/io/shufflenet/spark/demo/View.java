package io.shufflenet.spark.demo;

/**
 * From where a picture is taken.
 *
 * @param aspect its width over its height
 * @param horizon where the ground ends or a table's far edge lies: 0 at the top, 1 at the bottom
 */
record View(double aspect, double horizon) {

  /** How far a place is below the horizon: 0 there, 1 at the lower edge. */
  double nearness(double y) {
    return (y - horizon) / (1 - horizon);
  }

  /**
   * How many times smaller things look at this height of the ground than at the lower edge,
   * roughly.
   */
  double shrinking(double y) {
    return 1.1 / (nearness(y) + 0.1);
  }

  /**
   * Sideways position on the ground, in the scale of the lower edge, which runs to the vanishing
   * point.
   */
  double across(double x, double y) {
    return (x - aspect / 2) * shrinking(y);
  }
}
