package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.results.RunRecord.ClassifierUse;
import io.shufflenet.spark.results.RunRecord.Stages;
import io.shufflenet.spark.results.RunRecord.StartUp;
import io.shufflenet.spark.results.RunRecord.Timing;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimeSummaryTest {
  private static final Timing TIMING =
      new Timing(
          1.4,
          0.6,
          5.7,
          1.1,
          100,
          1.2,
          3,
          new StartUp(10, 0.9, 0.3),
          new Stages(5.7, 10, 60, 20, 240, 50, 20),
          4,
          920,
          230,
          "forward",
          "add cores");

  @Test
  void onACpuAllStagesShareTheSlots() {
    ClassifierUse cpu =
        new ClassifierUse("1", "host", "cpu", "onednn fp32", 8, 0, 0.9, 92_000, 240, 383.3, 2.4);

    assertThat(new TimeSummary(TIMING, List.of(cpu)).text())
        .isEqualToNormalizingNewlines(
            """
            Time: predicting 100.0 s, 920.0 images/s, 230.0 a core (4 task slots); publishing 1.2 s, measuring 3.0 s
              first image after 10.0 s: Spark 1.4, input and labels 0.6, listing 5.7, check image 1.1, classifier 0.9, first batch 0.3
                         read  decode  preprocess  forward   write    idle
              seconds    10.0    60.0        20.0    240.0    50.0    20.0
              of time     3 %    15 %         5 %     60 %    13 %     5 %
              forward: 383.3 images/s a core while it computes
              bottleneck: forward: add cores""");
  }

  @Test
  void ofGpusTheShareIsHowBusyTheyWere() {
    ClassifierUse one =
        new ClassifierUse("1", "a", "gpu:0", "portable fp32", 64, 0, 0.9, 50_000, 90, 555.6, 0.9);
    ClassifierUse other =
        new ClassifierUse("2", "b", "gpu:0", "portable fp32", 16, 2, 0.9, 42_000, 70, 600, 0.7);

    assertThat(new TimeSummary(TIMING, List.of(one, other)).text())
        .contains("15 %         5 %     80 %    13 %")
        .contains("  forward: 575.0 images/s a GPU while it computes, which it did 80 % of")
        .contains("  gpu:0 of executor 2 ran out of memory: 16 images at once in the end")
        .doesNotContain("executor 1");
  }
}
