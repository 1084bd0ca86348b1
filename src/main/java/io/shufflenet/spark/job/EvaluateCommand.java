package io.shufflenet.spark.job;

import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code evaluate}: predictions, and how accurate they are. */
@Command(
    name = "evaluate",
    description = "Predicts a labelled set of images and reports the accuracy.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private JobOptions options;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = Hadoop.configuration();
    return new PredictionJob(options.settings(hadoop), Goal.EVALUATE, hadoop).run();
  }
}
