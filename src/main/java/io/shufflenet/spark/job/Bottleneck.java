package io.shufflenet.spark.job;

import io.shufflenet.spark.results.RunRecord.Stages;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What to change first to make a run faster, and how. */
enum Bottleneck {
  START_UP(
      "start-up",
      "nothing to change for so few images, starting took longer; judge the speed on more"),
  LIST("list", "listing took longer than predicting: a table or manifest is listed faster"),
  READ("read", "bring the images nearer, into larger files (a table), or use more task slots"),
  DECODE(
      "decode",
      "add cores, or store smaller images (they are predicted a little differently)",
      "add cores for each GPU, or store smaller images (predicted a little differently)"),
  PREPROCESS(
      "preprocess",
      "add cores, or store images near the input size (predicted a little differently)",
      "add cores for each GPU, or store images near the input size"),
  FORWARD(
      "forward",
      "add cores or GPUs, try inference.precision = auto, or take a narrower network",
      "add GPUs, try inference.precision = auto, or take a narrower network"),
  WRITE(
      "write",
      "use faster storage for the output; leave output.scores and output.embedding off, keep few columns"),
  IDLE(
      "idle",
      "slots stood idle: use fewer for so few images, or have the executors up earlier",
      "slots stood idle, GPUs too: use fewer for so few images, or start executors earlier");

  /** No run's fixed costs of listing, Spark's first job included, take as long. */
  private static final double LONG_LISTING = 60;

  private final String label;
  private final String onCpu;
  private final String onGpu;

  Bottleneck(String label, String advice) {
    this(label, advice, advice);
  }

  Bottleneck(String label, String onCpu, String onGpu) {
    this.label = label;
    this.onCpu = onCpu;
    this.onGpu = onGpu;
  }

  /**
   * What held the run up.
   *
   * @param beforeFirstImage seconds until the first image was predicted
   * @param afterFirstImage seconds from then to the predicting step's end
   */
  static Bottleneck of(double beforeFirstImage, double afterFirstImage, Usage usage) {
    if (usage.stages().list() > Math.max(LONG_LISTING, usage.predicting())) {
      return LIST;
    }
    return beforeFirstImage > afterFirstImage ? START_UP : usage.largest();
  }

  String label() {
    return label;
  }

  /** One sentence, without a full stop. */
  String advice(boolean gpu) {
    return gpu ? onGpu : onCpu;
  }

  /**
   * How the predicting step used what it had.
   *
   * @param slots tasks that run at once
   * @param gpus how many GPUs computed; none where the tasks do
   * @param predicting the step's seconds
   */
  record Usage(Stages stages, int slots, int gpus, double predicting) {
    /**
     * A GPU computes beside the tasks, so it is the limit where it has less time left than they.
     */
    private Bottleneck largest() {
      double busy = gpus == 0 ? 0 : stages.forward() / (gpus * predicting);
      double worked =
          (stages.read() + stages.decode() + stages.preprocess() + stages.write())
              / (slots * predicting);
      double idle = stages.idle() / (slots * predicting);
      return busy > Math.max(worked, idle) ? FORWARD : largestOfTasks();
    }

    private Bottleneck largestOfTasks() {
      Map<Bottleneck, Double> seconds = new EnumMap<>(Bottleneck.class);
      seconds.put(READ, stages.read());
      seconds.put(DECODE, stages.decode());
      seconds.put(PREPROCESS, stages.preprocess());
      seconds.put(WRITE, stages.write());
      seconds.put(IDLE, stages.idle());
      if (gpus == 0) {
        seconds.put(FORWARD, stages.forward());
      }
      return Collections.max(seconds.entrySet(), Map.Entry.comparingByValue()).getKey();
    }
  }
}
