package io.shufflenet.spark.job;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: whether every executor can do what the job will ask of it. */
@Command(
    name = "doctor",
    description = {
      "Checks every executor as a job would use it, and tells each fault with its cure:",
      "Java, the C library, where native libraries unpack, libtorch, OpenCV, the device,",
      "the check image's logits, speed and native memory."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is well", "1:there are faults", "2:wrong usage or settings"},
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "Settings (HOCON), the job's own; see conf/.")
  private String file;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The job's checkpoint; without one an untrained 1.0x-g3.")
  private String model;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any key of the settings, for example inference.device=gpu.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException {
    Configuration hadoop = Hadoop.configuration();
    Overrides overrides = new Overrides(settings).with("model.path", model);
    DoctorSettings chosen =
        DoctorSettings.of(SettingsFile.PREDICTION.read(hadoop, file, overrides.byKey()));
    return new DoctorJob(chosen, hadoop, spec.commandLine().getOut()).run();
  }
}
