package io.shufflenet.spark.job;

import com.typesafe.config.Config;
import io.shufflenet.spark.evaluation.GateLimits;
import io.shufflenet.spark.evaluation.Slicing;
import io.shufflenet.spark.evaluation.comparison.ComparisonLimits;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What a report is to tell, of the settings under {@code report} and {@code gates}.
 *
 * @param baseline folder of an earlier run to hold the predictions against
 * @param thumbnails how many of the most confident mistakes and of the least confident hits are
 *     shown; 0: none, and no image is read again
 * @param review how many images each table of the review queue holds; 0: there is none
 */
record ReportOptions(
    Slicing slicing,
    Optional<String> baseline,
    int thumbnails,
    int review,
    GateLimits gates,
    ComparisonLimits limits) {
  private static final int MOST_THUMBNAILS = 100;

  ReportOptions {
    if (thumbnails < 0 || thumbnails > MOST_THUMBNAILS) {
      throw new IllegalArgumentException(
          "Cannot use report.thumbnails = %d: from 0 to %d".formatted(thumbnails, MOST_THUMBNAILS));
    }
    if (review < 0) {
      throw new IllegalArgumentException(
          "Cannot use report.review = %d: at least 0".formatted(review));
    }
    SettingValues.requireShare(gates.top1(), "gates.min-top1");
    SettingValues.requireShare(gates.top1All(), "gates.min-top1-all");
    SettingValues.requireShare(gates.top5(), "gates.min-top5");
    SettingValues.requireShare(gates.classRecall(), "gates.min-class-recall");
    SettingValues.requireShare(gates.sliceTop1(), "gates.min-slice-top1");
    SettingValues.requireShare(gates.ece(), "gates.max-ece");
    SettingValues.require(limits);
    if (baseline.isEmpty() && (limits.drop() < 1 || limits.psi() > 0)) {
      throw new IllegalArgumentException(
          "Cannot use gates.max-drop or gates.max-psi: report.baseline names no earlier run to hold the predictions against");
    }
    if (gates.sliceTop1() > 0 && slicing.by().isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use gates.min-slice-top1 = %s: report.by names no column to slice by"
              .formatted(gates.sliceTop1()));
    }
  }

  boolean asksForAccuracy() {
    return !slicing.by().isEmpty() || baseline.isPresent() || !gates.equals(GateLimits.NONE);
  }

  /**
   * @throws IllegalArgumentException if it is no finished run
   */
  Optional<BaselineRun> openBaseline(Configuration hadoop) throws IOException {
    return baseline.isEmpty()
        ? Optional.empty()
        : Optional.of(BaselineRun.open(baseline.get(), hadoop));
  }

  static ReportOptions parse(Config config) {
    Config report = config.getConfig("report");
    Config gates = config.getConfig("gates");
    return new ReportOptions(
        new Slicing(report.getStringList("by"), report.getLong("min-support")),
        SettingValues.optional(report.getString("baseline")),
        report.getInt("thumbnails"),
        report.getInt("review"),
        new GateLimits(
            gates.getDouble("min-top1"),
            gates.getDouble("min-top1-all"),
            gates.getDouble("min-top5"),
            gates.getDouble("min-class-recall"),
            gates.getDouble("min-slice-top1"),
            gates.getDouble("max-ece")),
        SettingValues.comparisonLimits(gates));
  }
}
