package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shufflenet.spark.inference.ClassifierWork;
import io.shufflenet.spark.inference.TaskTimes;
import io.shufflenet.spark.results.RunRecord.ClassifierUse;
import io.shufflenet.spark.results.RunRecord.LoadedClassifier;
import io.shufflenet.spark.results.RunRecord.Stages;
import io.shufflenet.spark.results.RunRecord.StartUp;
import io.shufflenet.spark.results.RunRecord.Timing;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run that predicts 2000 images in the 100 seconds after the first 10, in four task slots. */
final class TimeSheetTest {
  private static final long STARTED = 1_000_000;
  private static final Map<Step, Double> STEPS =
      Map.of(
          Step.STARTING, 2.0,
          Step.PLANNING, 1.0,
          Step.LISTING, 6.0,
          Step.CHECKING, 1.0,
          Step.PREDICTING, 100.0,
          Step.PUBLISHING, 3.0,
          Step.REPORTING, 4.0);
  private static final LoadedClassifier CPU =
      new LoadedClassifier("1", "host", "cpu", "onednn fp32", 8, 1.5);
  private static final LoadedClassifier GPU =
      new LoadedClassifier("1", "host", "gpu:0", "portable fp32", 64, 1.5);

  @Test
  void aCpuIsPartOfTheTasksTime() {
    Stages stages = onCpu(new TaskTimes(10, 60, 20, 0, 380), 240).timing().stages();

    assertThat(stages).isEqualTo(new Stages(6, 10, 60, 20, 240, 50, 20));
  }

  @Test
  void aGpuComputesBesideTheTasksAndWhoWaitsForItIsIdle() {
    Stages stages = onGpu(new TaskTimes(10, 60, 20, 250, 380), 95).timing().stages();

    assertThat(stages).isEqualTo(new Stages(6, 10, 60, 20, 95, 40, 270));
  }

  @Test
  void ratesAreThoseOfThePredictingStep() {
    Timing timing = onCpu(new TaskTimes(10, 60, 20, 0, 380), 240).timing();

    assertThat(timing.imagesPerSecond()).isEqualTo(20);
    assertThat(timing.imagesPerSecondAndCore()).isEqualTo(5);
  }

  @Test
  void theFirstImageComesAfterTheStepsBeforeAndTheClassifier() {
    StartUp startUp = onCpu(new TaskTimes(10, 60, 20, 0, 380), 240).timing().startUp();

    assertThat(startUp.firstImage()).isCloseTo(12, within(1e-9));
    assertThat(startUp.building()).isCloseTo(1.5, within(1e-9));
    assertThat(startUp.firstBatch()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void aRunThatKeptEveryPredictionHasTimesToo() {
    Timing timing =
        new TimeSheet(STEPS, STARTED, new TaskTimes(0, 0, 0, 0, 0), Map.of(), 4, 0).timing();

    assertThat(timing.startUp()).isEqualTo(new StartUp(10, 0, 0));
    assertThat(timing.imagesPerSecond()).isZero();
  }

  @Test
  void aHostWhoseClockIsFastDoesNotPredictAfterTheEnd() {
    ClassifierWork fast = new ClassifierWork(2000, 0, STARTED + 3_600_000, 64);

    StartUp startUp = sheet(STEPS, new TaskTimes(0, 0, 0, 0, 0), CPU, fast).timing().startUp();

    assertThat(startUp.firstImage()).isEqualTo(110);
  }

  @Test
  void aHostWhoseClockIsSlowDoesNotPredictBeforeThePredicting() {
    ClassifierWork slow = new ClassifierWork(2000, 0, STARTED - 3_600_000, 64);

    StartUp startUp = sheet(STEPS, new TaskTimes(0, 0, 0, 0, 0), CPU, slow).timing().startUp();

    assertThat(startUp).isEqualTo(new StartUp(10, 0, 0));
  }

  @Test
  void aClassifiersUseTellsItsRateAndHowMuchOfTheTimeItWorked() {
    ClassifierUse use = onGpu(new TaskTimes(10, 60, 20, 250, 380), 80).classifiers().get(0);

    assertThat(use)
        .isEqualTo(
            new ClassifierUse(
                "1", "host", "gpu:0", "portable fp32", 64, 0, 1.5, 2000, 80, 25, 0.8));
  }

  @Test
  void aClassifiersUseTellsHowOftenItsBatchWasHalved() {
    ClassifierWork halvedTwice = new ClassifierWork(2000, 0, STARTED, 16);

    ClassifierUse use =
        sheet(STEPS, new TaskTimes(0, 0, 0, 0, 0), GPU, halvedTwice).classifiers().get(0);

    assertThat(use.batchSize()).isEqualTo(16);
    assertThat(use.halved()).isEqualTo(2);
  }

  @Test
  void aClassifierThatComputedNothingHasNoRate() {
    ClassifierUse use = onCpu(new TaskTimes(10, 60, 20, 0, 90), 0).classifiers().get(0);

    assertThat(use.imagesPerSecond()).isZero();
  }

  @Test
  void theLargestStageIsTheBottleneck() {
    assertThat(bottleneckOnCpu(new TaskTimes(200, 60, 20, 0, 380), 90)).isEqualTo("read");
    assertThat(bottleneckOnCpu(new TaskTimes(10, 200, 20, 0, 380), 90)).isEqualTo("decode");
    assertThat(bottleneckOnCpu(new TaskTimes(10, 60, 200, 0, 380), 90)).isEqualTo("preprocess");
    assertThat(bottleneckOnCpu(new TaskTimes(10, 60, 20, 0, 380), 240)).isEqualTo("forward");
    assertThat(bottleneckOnCpu(new TaskTimes(10, 60, 20, 0, 380), 90)).isEqualTo("write");
    assertThat(bottleneckOnCpu(new TaskTimes(10, 60, 20, 0, 190), 90)).isEqualTo("idle");
  }

  @Test
  void aBusyGpuIsTheBottleneckThoughTasksSpendMoreTime() {
    Timing timing = onGpu(new TaskTimes(10, 120, 20, 200, 380), 95).timing();

    assertThat(timing.bottleneck()).isEqualTo("forward");
    assertThat(timing.advice()).startsWith("add GPUs");
  }

  @Test
  void aGpuThatWaitsForImagesAsksForMoreCores() {
    Timing timing = onGpu(new TaskTimes(10, 300, 20, 20, 380), 60).timing();

    assertThat(timing.bottleneck()).isEqualTo("decode");
    assertThat(timing.advice()).startsWith("add cores for each GPU");
  }

  @Test
  void aGpuIsIdleWhereTasksAreTooFew() {
    Timing timing = onGpu(new TaskTimes(10, 30, 10, 10, 80), 30).timing();

    assertThat(timing.bottleneck()).isEqualTo("idle");
  }

  @Test
  void ofFewImagesTheStartIsTheBottleneck() {
    Timing timing = predictingFor(5, 6);

    assertThat(timing.bottleneck()).isEqualTo("start-up");
    assertThat(timing.advice()).contains("few images");
  }

  @Test
  void aLongListingIsTheBottleneckWhereItTookLongerThanPredicting() {
    assertThat(predictingFor(100, 101).bottleneck()).isEqualTo("list");
    assertThat(predictingFor(102, 101).bottleneck()).isEqualTo("start-up");
  }

  @Test
  void adviceFitsOnALine() {
    for (Bottleneck bottleneck : Bottleneck.values()) {
      assertThat(bottleneck.advice(true)).hasSizeLessThan(100);
      assertThat(bottleneck.advice(false)).hasSizeLessThan(100);
    }
  }

  private static Timing predictingFor(double predicting, double listing) {
    Map<Step, Double> steps = new EnumMap<>(STEPS);
    steps.put(Step.PREDICTING, predicting);
    steps.put(Step.LISTING, listing);
    ClassifierWork work = new ClassifierWork(2000, 0, STARTED, 64);
    return sheet(steps, new TaskTimes(1, 1, 1, 0, 3), CPU, work).timing();
  }

  private static String bottleneckOnCpu(TaskTimes tasks, long forward) {
    return onCpu(tasks, forward).timing().bottleneck();
  }

  private static TimeSheet onCpu(TaskTimes tasks, long forward) {
    return sheet(STEPS, tasks, CPU, work(forward));
  }

  private static TimeSheet onGpu(TaskTimes tasks, long forward) {
    return sheet(STEPS, tasks, GPU, work(forward));
  }

  private static ClassifierWork work(long forward) {
    return new ClassifierWork(2000, forward * 1_000_000_000, STARTED + 12_000, 64);
  }

  private static TimeSheet sheet(
      Map<Step, Double> steps, TaskTimes tasks, LoadedClassifier classifier, ClassifierWork work) {
    return new TimeSheet(steps, STARTED, tasks, Map.of(classifier, work), 4, 2000);
  }
}
