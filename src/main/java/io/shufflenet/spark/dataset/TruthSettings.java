package io.shufflenet.spark.dataset;

/**
 * The files that label ImageNet's flat validation folder.
 *
 * @param groundTruth {@code input.ground-truth}: in line i the devkit's id, from 1, of image i;
 *     empty: the folder's labels are its subfolders
 * @param synsets {@code input.synsets}: in line i the WordNet id of the class of id i
 */
public record TruthSettings(String groundTruth, String synsets) {
  static final String GROUND_TRUTH_KEY = "input.ground-truth";
  static final String SYNSETS_KEY = "input.synsets";

  /** No such files. */
  public static final TruthSettings NONE = new TruthSettings("", "");

  /**
   * @throws IllegalArgumentException if one stands without the other
   */
  public TruthSettings {
    if (!groundTruth.isEmpty() && synsets.isEmpty()) {
      throw new IllegalArgumentException(
          ("Cannot use %s = %s without %s: its numbers are the devkit's ids (ILSVRC2012_ID), and the"
                  + " model counts its classes in another order, by the rank of their WordNet ids."
                  + " Name a file with the WordNet ids in the devkit's order, one a line")
              .formatted(GROUND_TRUTH_KEY, groundTruth, SYNSETS_KEY));
    }
    if (groundTruth.isEmpty() && !synsets.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use %s = %s without %s: it says what the numbers there mean"
              .formatted(SYNSETS_KEY, synsets, GROUND_TRUTH_KEY));
    }
  }

  boolean isGiven() {
    return !groundTruth.isEmpty();
  }

  /** {@code input.ground-truth = VALUE}, for messages. */
  String namedTruth() {
    return GROUND_TRUTH_KEY + " = " + groundTruth;
  }

  /** {@code input.synsets = VALUE}, for messages. */
  String namedSynsets() {
    return SYNSETS_KEY + " = " + synsets;
  }
}
