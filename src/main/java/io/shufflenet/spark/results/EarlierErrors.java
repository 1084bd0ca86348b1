package io.shufflenet.spark.results;

/** What a resumed run does with images that got no prediction before. */
public enum EarlierErrors {
  KEEP,
  RETRY
}
