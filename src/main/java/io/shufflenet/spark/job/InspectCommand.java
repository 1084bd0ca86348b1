package io.shufflenet.spark.job;

import io.shufflenet.spark.checkpoint.Tensor;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.inference.CheckpointFile;
import io.shufflenet.spark.inference.LoadedModel;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.ModelDescription;
import io.shufflenet.spark.model.ScriptedNetwork;
import io.shufflenet.spark.model.Weights;
import io.shufflenet.spark.report.Printable;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code inspect}: what a checkpoint holds, or a TorchScript module takes; the module is run for
 * it. Starts no Spark.
 */
@Command(
    name = "inspect",
    description = {
      "Tells variant, classes, parameters and multiply-adds of a checkpoint.",
      "Of a TorchScript module, which is run for it, it tells input and classes."
    },
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  private static final int SHOWN_NAMES = 5;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "ShuffleNetV1 checkpoint or TorchScript module.")
  private String file;

  @Option(names = "--tensors", description = "Also each tensor: name, type, shape, range.")
  private boolean tensors;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = Hadoop.configuration();
    LoadedModel model =
        CheckpointFile.readEither(
            hadoop, "model.path", file, Optional.empty(), OptionalInt.empty());
    PrintWriter out = spec.commandLine().getOut();
    if (model.network() instanceof ScriptedNetwork module) {
      tellModule(out, module);
    } else {
      tellCheckpoint(out, model);
    }
    model.description().ifPresent(description -> describe(out, description));
    line(out, "SHA-256", model.network().sha256());
    if (tensors) {
      model.weights().tensors().forEach((name, tensor) -> out.println(describe(name, tensor)));
    }
    return 0;
  }

  private void tellModule(PrintWriter out, ScriptedNetwork module) {
    if (tensors) {
      throw new IllegalArgumentException(
          "Cannot list the tensors of " + file + ": it is a TorchScript module");
    }
    line(out, "kind", "TorchScript module");
    line(out, "input", module.takes());
    line(out, "classes", Integer.toString(module.classes()));
  }

  private static void tellCheckpoint(PrintWriter out, LoadedModel model) {
    Weights weights = model.weights();
    int size = model.preprocessing(Optional.empty(), OptionalInt.empty()).cropSize();
    Architecture architecture = weights.architecture();
    line(out, "variant", architecture.name());
    line(out, "classes", Integer.toString(weights.classes()));
    line(out, "parameters", number(architecture.parameters(weights.classes())));
    line(
        out,
        "multiply-adds",
        "%s for an image of %s x %s"
            .formatted(number(architecture.multiplyAdds(weights.classes(), size)), size, size));
  }

  private static void describe(PrintWriter out, ModelDescription description) {
    Preprocessing preprocessing = description.preprocessing();
    int size = preprocessing.cropSize();
    line(out, "input size", "%s x %s".formatted(size, size));
    line(
        out,
        "preprocessing",
        "%s, short side %s".formatted(preprocessing.name(), preprocessing.shortSide()));
    List<String> names = description.classNames();
    if (!names.isEmpty()) {
      String first = names.stream().limit(SHOWN_NAMES).collect(Collectors.joining(", "));
      String more = names.size() > SHOWN_NAMES ? ", ..." : "";
      line(out, "class names", "%s: %s%s".formatted(number(names.size()), first, more));
    }
  }

  private static void line(PrintWriter out, String what, String value) {
    out.printf(Locale.ROOT, "%-14s %s%n", what, Printable.escaped(value));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String describe(String name, Tensor tensor) {
    String shape =
        Arrays.stream(tensor.shape()).mapToObj(Integer::toString).collect(Collectors.joining("x"));
    String type = tensor.type().name().toLowerCase(Locale.ROOT);
    return String.format(
        Locale.ROOT, "%-45s %-8s %s", Printable.escaped(name), type, shape.isEmpty() ? "1" : shape);
  }
}
