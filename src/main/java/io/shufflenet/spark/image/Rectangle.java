package io.shufflenet.spark.image;

/**
 * A part of an image, in pixels.
 *
 * @param left its first column
 * @param top its first row
 */
record Rectangle(int left, int top, int width, int height) {}
