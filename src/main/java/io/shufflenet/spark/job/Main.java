package io.shufflenet.spark.job;

import io.shufflenet.spark.checkpoint.CheckpointException;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit codes: 0 done, 1 failed, 2 wrong usage or settings, 3 a quality gate
 * failed, 4 too many unreadable images.
 */
@Command(
    name = "shufflenet",
    description = "ShuffleNetV1 image classification on Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      EvaluateCommand.class,
      PredictCommand.class,
      CompareCommand.class,
      TrainCommand.class,
      ReportCommand.class,
      PackCommand.class,
      InspectCommand.class,
      ExportCommand.class,
      DemoCommand.class,
      DoctorCommand.class,
      HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage or settings",
      "3:a quality gate failed (gates in the settings); the results are written",
      "4:more unreadable images than max-failure-rate; predictions are written, nothing is trained"
    })
public final class Main {
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int GATE_FAILED = 3;
  static final int TOO_MANY_FAILURES = 4;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs one command and returns its exit code. */
  static int run(String... arguments) {
    CommandLine commands = commands();
    commands.setExpandAtFiles(false); // a path may begin with @
    commands.setParameterExceptionHandler((exception, given) -> refuse(exception));
    commands.setExecutionExceptionHandler(
        (exception, command, result) -> report(exception, command.getErr()));
    if (arguments.length == 0) {
      commands.usage(commands.getErr());
      return USAGE;
    }
    return commands.execute(arguments);
  }

  /** Every command with its options. */
  static CommandLine commands() {
    return new CommandLine(new Main());
  }

  /** As picocli does, but what the user wrote may hold a password. */
  private static int refuse(ParameterException exception) {
    CommandLine command = exception.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("Error: " + Redaction.line(exception.getMessage()));
    if (!UnmatchedArgumentException.printSuggestions(exception, err)) {
      command.usage(err);
    }
    return USAGE;
  }

  private static int report(Exception exception, PrintWriter err) {
    if (exception instanceof IllegalArgumentException || exception instanceof CheckpointException) {
      err.println("Error: " + Redaction.line(String.valueOf(exception.getMessage())));
      return USAGE;
    }
    err.println("Error: " + String.join("\n  because: ", reasons(exception)));
    return FAILED;
  }

  /**
   * The first line of each different message on the way down to the root cause, but for those that
   * the first message holds already.
   */
  private static Set<String> reasons(Throwable exception) {
    String first = reason(exception);
    Set<String> reasons = new LinkedHashSet<>(List.of(first));
    for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
      String reason = reason(cause);
      if (!first.contains(reason)) {
        reasons.add(reason);
      }
    }
    return reasons;
  }

  private static String reason(Throwable exception) {
    String message = exception.getMessage();
    String told = message == null ? exception.getClass().getName() : message;
    return Redaction.line(told.lines().findFirst().orElse(""));
  }

  /** Version of this project, as the build wrote it down. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"shufflenet-spark " + Versions.project()};
    }
  }
}
