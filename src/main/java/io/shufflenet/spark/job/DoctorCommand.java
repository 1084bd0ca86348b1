package io.shufflenet.spark.job;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: whether every executor can do what the job will ask of it. */
@Command(
    name = "doctor",
    description = {
      "Checks every executor as a job would use it, and tells each fault with its cure.",
      "It looks at Java, the C library, where native libraries unpack, libtorch, OpenCV, the device,",
      "the check image's logits, speed and native memory."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is well", "1:there are faults", "2:wrong usage or settings"},
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private SettingsOptions settings;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The job's checkpoint; without one an untrained 1.0x-g3.")
  private String model;

  @Override
  public Integer call() throws IOException {
    Configuration hadoop = Hadoop.configuration();
    DoctorSettings chosen =
        DoctorSettings.of(settings.with("model.path", model).read(SettingsFile.PREDICTION, hadoop));
    return new DoctorJob(chosen, hadoop, spec.commandLine().getOut()).run();
  }
}
