package io.shufflenet.spark.job;

import io.shufflenet.spark.inference.ClassifierWork;
import io.shufflenet.spark.inference.InferenceMetrics;
import io.shufflenet.spark.inference.TaskTimes;
import io.shufflenet.spark.results.RunRecord.ClassifierUse;
import io.shufflenet.spark.results.RunRecord.LoadedClassifier;
import io.shufflenet.spark.results.RunRecord.Stages;
import io.shufflenet.spark.results.RunRecord.StartUp;
import io.shufflenet.spark.results.RunRecord.Timing;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Where a run's time went.
 *
 * @param steps seconds of every step, of the clock; 0 for reporting while it is under way
 * @param startedMillis when the first step began, in milliseconds since 1970
 * @param slots tasks that run at once
 */
record TimeSheet(
    Map<Step, Double> steps,
    long startedMillis,
    TaskTimes tasks,
    Map<LoadedClassifier, ClassifierWork> work,
    int slots,
    long images) {
  private static final List<Step> BEFORE_PREDICTING =
      List.of(Step.STARTING, Step.PLANNING, Step.LISTING, Step.CHECKING);

  /** What the clock and the metrics tell once all is predicted. */
  static TimeSheet of(StepClock clock, InferenceMetrics metrics, int slots, long images) {
    return new TimeSheet(
        clock.seconds(), clock.startedMillis(), metrics.tasks(), metrics.work(), slots, images);
  }

  Timing timing() {
    StartUp startUp = startUp();
    Stages stages = stages();
    double rate = images / predicting();
    double afterFirstImage = beforePredicting() + predicting() - startUp.firstImage();
    Bottleneck bottleneck =
        Bottleneck.of(
            startUp.firstImage(),
            afterFirstImage,
            new Bottleneck.Usage(stages, slots, gpus(), predicting()));
    return new Timing(
        steps.get(Step.STARTING),
        steps.get(Step.PLANNING),
        steps.get(Step.LISTING),
        steps.get(Step.CHECKING),
        predicting(),
        steps.get(Step.PUBLISHING),
        steps.getOrDefault(Step.REPORTING, 0.0),
        startUp,
        stages,
        slots,
        rate,
        rate / slots,
        bottleneck.label(),
        bottleneck.advice(gpus() > 0));
  }

  /** What each classifier did, by executor, device and age. */
  List<ClassifierUse> classifiers() {
    return work.entrySet().stream()
        .map(used -> use(used.getKey(), used.getValue()))
        .sorted(
            Comparator.comparing(ClassifierUse::executor)
                .thenComparing(ClassifierUse::device)
                .thenComparing(ClassifierUse::seconds))
        .toList();
  }

  private ClassifierUse use(LoadedClassifier classifier, ClassifierWork done) {
    double forward = done.forwardSeconds();
    int batchSize = Math.min(classifier.batchSize(), done.batchSize());
    return new ClassifierUse(
        classifier.executor(),
        classifier.host(),
        classifier.device(),
        classifier.backend(),
        batchSize,
        Integer.numberOfTrailingZeros(classifier.batchSize() / batchSize),
        classifier.seconds(),
        done.images(),
        forward,
        forward > 0 ? done.images() / forward : 0,
        forward / predicting());
  }

  private StartUp startUp() {
    return work.entrySet().stream()
        .min(Comparator.comparingLong(used -> used.getValue().firstMillis()))
        .map(this::startUp)
        .orElseGet(() -> new StartUp(beforePredicting(), 0, 0));
  }

  /** Kept between the predicting step's ends: another host's clock may be wrong. */
  private StartUp startUp(Map.Entry<LoadedClassifier, ClassifierWork> first) {
    double told = (first.getValue().firstMillis() - startedMillis) / 1e3 - beforePredicting();
    double waited = Math.max(0, Math.min(told, predicting()));
    double building = Math.min(first.getKey().seconds(), waited);
    return new StartUp(beforePredicting() + waited, building, waited - building);
  }

  private double beforePredicting() {
    return BEFORE_PREDICTING.stream().mapToDouble(steps::get).sum();
  }

  private double predicting() {
    return steps.get(Step.PREDICTING);
  }

  private Stages stages() {
    double onCpu = forward(false);
    double known = tasks.read() + tasks.decode() + tasks.preprocess() + tasks.waiting() + onCpu;
    return new Stages(
        steps.get(Step.LISTING),
        tasks.read(),
        tasks.decode(),
        tasks.preprocess(),
        onCpu + forward(true),
        Math.max(0, tasks.total() - known),
        Math.max(0, slots * predicting() - tasks.total()) + tasks.waiting());
  }

  private double forward(boolean gpu) {
    return work.entrySet().stream()
        .filter(used -> isGpu(used.getKey()) == gpu)
        .mapToDouble(used -> used.getValue().forwardSeconds())
        .sum();
  }

  private int gpus() {
    return (int)
        work.keySet().stream()
            .filter(TimeSheet::isGpu)
            .map(classifier -> classifier.executor() + " " + classifier.device())
            .distinct()
            .count();
  }

  private static boolean isGpu(LoadedClassifier classifier) {
    return !classifier.device().equals("cpu");
  }
}
