package io.shufflenet.spark.model.graph;

/** Rows and columns: of a stride, of a padding at either side, of a kernel, of a map. */
public record Extent(int height, int width) {
  /** The same for rows and columns. */
  public static Extent square(int side) {
    return new Extent(side, side);
  }
}
