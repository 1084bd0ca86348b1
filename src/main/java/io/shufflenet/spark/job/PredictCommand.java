package io.shufflenet.spark.job;

import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code predict}: predictions alone. */
@Command(
    name = "predict",
    description = "Predicts every image of a set; labels are carried along but not needed.",
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
  @Mixin private JobOptions options;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = Hadoop.configuration();
    return new PredictionJob(options.settings(hadoop), Goal.PREDICT, hadoop).run();
  }
}
