package io.shufflenet.spark.evaluation.comparison;

/**
 * Images by which of two runs was right about them.
 *
 * @param both right in both runs
 * @param lost right in the first run only
 * @param gained right in the second run only
 * @param neither wrong in both runs
 */
record PairedCounts(long both, long lost, long gained, long neither) {
  static final PairedCounts NONE = new PairedCounts(0, 0, 0, 0);

  PairedCounts plus(PairedCounts other) {
    return new PairedCounts(
        both + other.both, lost + other.lost, gained + other.gained, neither + other.neither);
  }

  long images() {
    return both + lost + gained + neither;
  }

  long hitsA() {
    return both + lost;
  }

  long hitsB() {
    return both + gained;
  }
}
