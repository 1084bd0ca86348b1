package io.shufflenet.spark.training;

/**
 * Where the images of a spool lie in its data file, in the order of their keys.
 *
 * @param offsets first byte of each image
 * @param lengths bytes of each image
 * @param labels index of each image's class
 * @param fingerprint hexadecimal SHA-256 over the images' keys and labels
 */
record SpoolImages(long[] offsets, int[] lengths, int[] labels, String fingerprint) {
  int size() {
    return labels.length;
  }
}
