package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.HadoopPath;
import io.shufflenet.spark.dataset.Labels;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.inference.CheckpointFile;
import io.shufflenet.spark.inference.LoadedModel;
import io.shufflenet.spark.model.ModelDescription;
import io.shufflenet.spark.model.ModelFolder;
import io.shufflenet.spark.model.Weights;
import io.shufflenet.spark.model.torchscript.Precision;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export}: a checkpoint as a TorchScript module for others. Starts no Spark. */
@Command(
    name = "export",
    description = "Writes a checkpoint's network as a folder that DJL and torch.jit.load read.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "ShuffleNetV1 checkpoint (.pth.tar).")
  private String model;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      required = true,
      description = "A new folder for the module.")
  private String output;

  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      defaultValue = "fp32",
      description = "fp32 (default), bf16 or fp16; fp16 is for GPUs.")
  private String precision;

  @Option(
      names = "--class-names",
      paramLabel = "FILE",
      description = "Names of the classes, a line each; else the checkpoint's own.")
  private String classNames;

  @Option(
      names = "--preprocessing",
      paramLabel = "PRESET",
      description = "megvii or torchvision; else the checkpoint's own, else megvii.")
  private String preprocessing;

  @Option(
      names = "--input-size",
      paramLabel = "PIXELS",
      description =
          "Side of the square that the network sees; else the checkpoint's own, else 224.")
  private Integer inputSize;

  @Override
  public Integer call() throws IOException {
    Configuration hadoop = Hadoop.configuration();
    Precision chosen = precision(precision);
    NewFolder folder = NewFolder.of(hadoop, HadoopPath.named(hadoop, "--output", output));
    LoadedModel checkpoint = CheckpointFile.read(hadoop, "model.path", model);
    ModelDescription description = description(checkpoint, hadoop);
    folder.write(ModelFolder.files(checkpoint.weights(), description, chosen));
    tell(checkpoint.weights(), chosen, folder);
    return 0;
  }

  private static Precision precision(String label) {
    return Arrays.stream(Precision.values())
        .filter(precision -> precision.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot export with --precision %s: it is one of %s"
                        .formatted(
                            label,
                            Arrays.stream(Precision.values()).map(Precision::label).toList())));
  }

  private ModelDescription description(LoadedModel checkpoint, Configuration hadoop)
      throws IOException {
    int classes = checkpoint.weights().classes();
    List<String> names =
        classNames == null ? checkpoint.classNames() : Labels.names(classNames, classes, hadoop);
    return new ModelDescription(
        checkpoint.preprocessing(
            Optional.ofNullable(preprocessing).map(Preprocessing::named),
            inputSize == null ? OptionalInt.empty() : OptionalInt.of(inputSize)),
        names);
  }

  private void tell(Weights weights, Precision chosen, NewFolder folder) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "Exported %s of %s classes, %s: %s/%s%n",
        weights.name(), weights.classes(), chosen.label(), folder.path(), ModelFolder.MODULE);
  }
}
