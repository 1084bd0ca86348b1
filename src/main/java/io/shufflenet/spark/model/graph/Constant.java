package io.shufflenet.spark.model.graph;

/**
 * Numbers that a network holds, in double precision so that rewrites lose nothing.
 *
 * @param shape outermost dimension first
 * @param values row-major, as many as the shape says; not to be changed
 */
public record Constant(int[] shape, double[] values) {
  /** How many numbers one index of the first dimension has. */
  int rowLength() {
    return values.length / shape[0];
  }

  /**
   * Row {@code i} of the result is row {@code rows[i]} of this one, a row of zeros where that is
   * -1.
   */
  Constant rows(int... rows) {
    int length = rowLength();
    double[] chosen = new double[rows.length * length];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row] >= 0) {
        System.arraycopy(values, rows[row] * length, chosen, row * length, length);
      }
    }
    int[] chosenShape = shape.clone();
    chosenShape[0] = rows.length;
    return new Constant(chosenShape, chosen);
  }
}
