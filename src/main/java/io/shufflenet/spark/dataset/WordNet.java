package io.shufflenet.spark.dataset;

import java.util.regex.Pattern;

/** How WordNet's nouns are numbered, which ImageNet's classes are called by. */
final class WordNet {
  /** A regular expression of an id, such as {@code n01440764}. */
  static final String ID = "n[0-9]{8}";

  private static final Pattern ONE = Pattern.compile(ID);

  private WordNet() {}

  static boolean isId(String label) {
    return ONE.matcher(label).matches();
  }
}
