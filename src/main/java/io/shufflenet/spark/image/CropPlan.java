package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;

/**
 * Where a crop lies in its resized image.
 *
 * @param width columns of the whole resized image
 * @param height rows of the whole resized image
 * @param left the crop's first column
 * @param top the crop's first row
 * @param size the crop's side
 */
record CropPlan(int width, int height, int left, int top, int size) {
  /**
   * Of an image of these sizes, upright.
   *
   * @throws ImageException if the whole resized image would have more than {@code maxPixels}
   */
  static CropPlan of(Preprocessing preprocessing, int width, int height, long maxPixels)
      throws ImageException {
    int shortSide = preprocessing.shortSide();
    boolean upright = width < height;
    int longer = Math.max(width, height);
    int shorter = Math.min(width, height);
    long resized =
        switch (preprocessing.resize()) {
          case LINEAR -> (long) ((double) shortSide / shorter * longer + 0.5);
          case ANTIALIASED_TRIANGLE -> (long) shortSide * longer / shorter;
        };
    if (resized * shortSide > maxPixels) {
      throw new ImageException(
          Kind.TOO_LARGE,
          "with a short side of %d pixels the image of %d x %d would be %d pixels long"
              .formatted(shortSide, width, height, resized));
    }
    int resizedWidth = upright ? shortSide : (int) resized;
    int resizedHeight = upright ? (int) resized : shortSide;
    int size = preprocessing.cropSize();
    return new CropPlan(
        resizedWidth, resizedHeight, offset(resizedWidth, size), offset(resizedHeight, size), size);
  }

  /** As torchvision's CenterCrop: halves to the even number. */
  private static int offset(int length, int size) {
    return (int) Math.rint((length - size) / 2.0);
  }
}
