package io.shufflenet.spark.djl;

import static org.apache.spark.sql.functions.col;

import io.shufflenet.spark.model.ModelDescription;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobs/djl-spark.sh}. */
@Command(
    name = "jobs/djl-spark.sh",
    description =
        "Classifies images with an exported model by DJL's Spark extension and by this project's"
            + " Transformer, and compares the predictions.",
    sortOptions = false,
    showDefaultValues = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:they agree", "1:failed", "2:wrong usage", "3:they differ"})
public final class DjlSpark implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int DIFFERENT = 3;

  /** Of probabilities that one network computes from the same pixels, in batches of other sizes. */
  private static final double SAME = 1e-4;

  private static final int NAMED = 20;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FOLDER",
      description = "What jobs/shufflenet.sh export wrote.")
  private Path model;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FOLDER",
      description = "Images, some hundred at most.")
  private String input;

  @Option(
      names = "--agreement",
      paramLabel = "SHARE",
      description = "Of the files, how many must get the same best class.")
  private double agreement = 0.95;

  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new DjlSpark());
    command.setExecutionExceptionHandler(
        (exception, line, result) -> {
          boolean usage =
              exception instanceof IllegalArgumentException
                  || exception instanceof AnalysisException; // no such input
          String message = usage ? exception.getMessage() : exception.toString();
          line.getErr().println("Error: " + message.lines().findFirst().orElse(""));
          return usage ? USAGE : FAILED;
        });
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (!(agreement >= 0 && agreement <= 1)) {
      throw new IllegalArgumentException(
          "Cannot use --agreement %s: it is a share from 0 to 1".formatted(agreement));
    }
    int shortSide = description().preprocessing().shortSide();
    try (SparkSession spark = spark()) {
      Dataset<Row> all = RawImages.under(input, spark);
      Dataset<Row> images = all.where(col("nChannels").equalTo(RawImages.CHANNELS));
      tellLeftOut(all);
      if (images.isEmpty()) {
        throw new IllegalArgumentException(
            "Cannot compare with --input %s: Spark reads no image of three channels there"
                .formatted(input));
      }
      Comparison files = Comparison.of("the files", model, images, RawImages.PATH);
      Comparison pixels =
          Comparison.of("the same pixels", model, RawImages.withPng(images), RawImages.PNG);
      Dataset<Row> squares = RawImages.squares(images, shortSide);
      Comparison resized =
          Comparison.of(
              "the same, resized to " + shortSide,
              model,
              RawImages.withPng(squares),
              RawImages.PNG);
      return judge(files, pixels, resized);
    }
  }

  private ModelDescription description() throws IOException {
    for (String name : List.of("model.pt", "model.pt.json", "serving.properties", "synset.txt")) {
      if (!Files.exists(model.resolve(name))) {
        throw new IllegalArgumentException(
            "Cannot use --model %s: it holds no %s. Name a folder that export wrote"
                .formatted(model, name));
      }
    }
    Path file = model.resolve("model.pt.json");
    return ModelDescription.read(Files.readAllBytes(file), file.toString());
  }

  private static SparkSession spark() {
    return SparkSession.builder()
        .master("local[*]")
        .appName("djl-spark")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.files.openCostInBytes", "65536") // few tasks: DJL loads a model in each
        .getOrCreate();
  }

  private void tellLeftOut(Dataset<Row> all) {
    List<String> paths =
        all
            .where(col("nChannels").notEqual(RawImages.CHANNELS))
            .select(RawImages.PATH)
            .as(Encoders.STRING())
            .collectAsList()
            .stream()
            .sorted()
            .toList();
    list("Left out, for Spark does not read them as three channels of pixels", paths);
  }

  private void list(String heading, List<?> lines) {
    if (lines.isEmpty()) {
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("%s (%d):".formatted(heading, lines.size()));
    lines.stream().limit(NAMED).forEach(line -> out.println("  " + line));
    if (lines.size() > NAMED) {
      out.println("  ...");
    }
    out.println();
  }

  private int judge(Comparison files, Comparison pixels, Comparison resized) {
    list("Left out, for ours gives an error", files.refused());
    List<Pair> others = files.where(pair -> !pair.agrees());
    list("Another best class, from the files", others);
    PrintWriter out = spec.commandLine().getOut();
    List.of(Comparison.HEADING, Comparison.COLUMNS, files, pixels, resized).forEach(out::println);
    out.flush();
    List<Pair> different = resized.where(pair -> pair.difference() > SAME);
    if (!different.isEmpty()) {
      return differ(
          "from the same pixels a class's probability differs by more than " + SAME,
          different,
          resized);
    }
    int compared = files.pairs().size();
    if (compared - others.size() < agreement * compared) {
      return differ("fewer get the same best class than --agreement " + agreement, others, files);
    }
    return 0;
  }

  private int differ(String how, List<Pair> different, Comparison of) {
    String paths =
        different.stream().limit(NAMED).map(Pair::path).collect(Collectors.joining(", "));
    spec.commandLine()
        .getErr()
        .println(
            "Error: The predictions differ: %s, for %d of %d images: %s%s"
                .formatted(
                    how,
                    different.size(),
                    of.pairs().size(),
                    paths,
                    different.size() > NAMED ? ", ..." : ""));
    return DIFFERENT;
  }
}
