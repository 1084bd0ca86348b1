package io.shufflenet.spark.benchmark;

import io.shufflenet.spark.demo.BenchmarkImages;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.BlockContender;
import io.shufflenet.spark.model.Classifier;
import io.shufflenet.spark.model.CompiledContender;
import io.shufflenet.spark.model.ComputeDevice;
import io.shufflenet.spark.model.MatrixProduct;
import io.shufflenet.spark.model.NetworkOutput;
import io.shufflenet.spark.model.PrecisionPolicy;
import io.shufflenet.spark.model.Weights;
import io.shufflenet.spark.model.torchscript.Precision;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobs/benchmark.sh}. */
@Command(
    name = "jobs/benchmark.sh",
    description = "Measures speed on this machine's CPU and prints one table.",
    sortOptions = false,
    showDefaultValues = true)
public final class Benchmark implements Callable<Integer> {
  private static final int LARGEST_BATCH = 32;
  private static final int RENDERED = 1200;
  private static final int REFERENCE_IMAGES = 1000;

  /** The parts of the table that can be asked for. */
  enum Section {
    FORWARD,
    DECODE,
    JOB,
    SMALL_FILES,
    PACKED,
    LISTING,
    REPORT
  }

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Option(names = "--home", hidden = true, required = true, description = "The project's folder.")
  private Path home;

  @Option(
      names = "--input",
      paramLabel = "FOLDER",
      description = "JPEG files, or others. Without it, rendered ones of 500 x 375.")
  private Path input;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "A checkpoint, run at 224 x 224. Without it, untrained weights of 1.0x g3.")
  private Path model;

  @Option(
      names = "--sections",
      split = ",",
      paramLabel = "SECTION",
      description = "What to measure: ${COMPLETION-CANDIDATES}.",
      defaultValue = "FORWARD,DECODE,JOB")
  private Set<Section> sections = EnumSet.allOf(Section.class);

  @Option(names = "--variants", description = "Also the forward pass of all eight variants.")
  private boolean variants;

  @Option(names = "--rewrites", description = "Also what each of the compiler's steps brings.")
  private boolean rewrites;

  @Option(names = "--reference", description = "Also the usual Python loop (python3-torch).")
  private boolean reference;

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds that medians are taken of.")
  private int rounds = 5;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Time for each figure in each round.")
  private double seconds = 1;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Images that a run of the whole job has.")
  private int images = 6000;

  @Option(
      names = "--soak",
      paramLabel = "MINUTES",
      description = "Nothing but two threads on one network for so long; exit code 1 if it fails.")
  private Double soak;

  @Option(names = "--precision", paramLabel = "NAME", description = "Of the soak: fp32, bf16.")
  private PrecisionPolicy precision = PrecisionPolicy.FP32;

  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new Benchmark());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler(
        (exception, line, result) -> {
          boolean usage = exception instanceof IllegalArgumentException;
          line.getErr().println("Error: " + (usage ? exception.getMessage() : exception));
          return usage ? 2 : 1;
        });
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path work = Files.createDirectories(home.resolve("target/benchmark"));
    ImageSet set = ImageSet.of(imageFolder(work), Setup.PREPROCESSING);
    try (Callers callers = new Callers()) {
      Duration slice = Duration.ofNanos((long) (seconds * 1e9));
      List<byte[]> crops = set.crops(LARGEST_BATCH);
      Setup setup = new Setup(home, work, set, crops, rounds, slice, callers);
      Path checkpoint = checkpoint(setup);
      Weights weights =
          Weights.read(Files.readAllBytes(checkpoint), checkpoint.getFileName().toString());
      return soak == null ? measure(setup, checkpoint, weights) : soak(setup, weights);
    }
  }

  private Path imageFolder(Path work) throws IOException {
    if (input != null) {
      return input;
    }
    Setup.progress("rendering " + RENDERED + " images, unless an earlier run did");
    Path folder = work.resolve("images");
    BenchmarkImages.render(folder, RENDERED);
    return folder;
  }

  /** A copy, so that no description beside it says how it is run. */
  private Path checkpoint(Setup setup) throws IOException {
    Architecture architecture = Architecture.named("1.0x-g3");
    byte[] content =
        model != null
            ? Files.readAllBytes(model)
            : LivelyWeights.checkpoint(
                architecture, Setup.CLASSES, Setup.PREPROCESSING, setup.crops());
    Path folder = Files.createDirectories(setup.work().resolve("model"));
    String name = model != null ? model.getFileName().toString() : architecture.name() + ".pth.tar";
    return Files.write(folder.resolve(name), content);
  }

  private int soak(Setup setup, Weights weights) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Classifier classifier =
        Classifier.load(
            weights, Setup.PREPROCESSING, ComputeDevice.CPU, precision, NetworkOutput.LOGITS)) {
      out.println(Machine.text(home) + classifier.kind());
      Soak soaking = new Soak(classifier, setup.crops(), out);
      boolean well = soaking.run(Duration.ofNanos((long) (soak * 60e9)));
      out.println(well ? "Passed" : "FAILED");
      out.flush();
      return well ? 0 : 1;
    }
  }

  private int measure(Setup setup, Path checkpoint, Weights weights) throws Exception {
    Grid grid = new Grid();
    double product = matrixProduct(setup, grid);
    Map<String, Double> forward = new LinkedHashMap<>();
    if (sections.contains(Section.FORWARD) || sections.contains(Section.JOB)) {
      ForwardRates rates = new ForwardSection(setup, weights).into(grid);
      for (Precision precision : Precision.values()) {
        double best = rates.best(CompiledContender.name(precision), 1);
        if (best > 0) {
          forward.put(precision.label(), best);
        }
      }
      grid.note(share(weights, rates, product));
    }
    if (variants) {
      new VariantSection(setup).into(grid);
    }
    if (rewrites) {
      new RewriteSection(setup, weights).into(grid);
    }
    if (sections.contains(Section.DECODE) || sections.contains(Section.JOB)) {
      double decode = new DecodeSection(setup).into(grid).get(1);
      forward.replaceAll((precision, rate) -> 1 / (1 / decode + 1 / rate));
    }
    if (sections.contains(Section.JOB)) {
      new JobSection(setup, checkpoint, reference(setup, checkpoint, weights))
          .into(grid, images, forward);
    }
    if (sections.contains(Section.SMALL_FILES)) {
      new SmallFilesSection(setup).into(grid);
    }
    if (sections.contains(Section.PACKED)) {
      new PackedSection(setup, checkpoint).into(grid);
    }
    if (sections.contains(Section.LISTING)) {
      new ListingSection(setup).into(grid);
    }
    if (sections.contains(Section.REPORT)) {
      new ReportSection(setup).into(grid);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(Machine.text(home) + grid.text());
    out.flush();
    return 0;
  }

  private static double matrixProduct(Setup setup, Grid grid) throws Exception {
    Setup.progress("a matrix product");
    try (MatrixProduct product = new MatrixProduct()) {
      Race<String> race = new Race<>();
      List<Callable<Integer>> works = List.of(product::megaflop);
      race.with("product", () -> setup.callers().rate(works, setup.slice()) / 1000);
      double rate = race.warmedUp().medians(setup.rounds()).get("product");
      grid.heading("Product of float32 matrices of 1024 x 1024 by libtorch, 1 thread");
      grid.row("GFLOP/s", Grid.figure(rate));
      return rate;
    }
  }

  private static String share(Weights weights, ForwardRates rates, double product) {
    long multiplyAdds =
        weights.architecture().multiplyAdds(weights.classes(), Setup.PREPROCESSING.cropSize());
    double best = rates.best(CompiledContender.name(Precision.FLOAT32), 1);
    double forward = 2 * multiplyAdds * best / 1e9;
    return "compiled fp32 at its best: %s GFLOP/s, %s of the matrix product"
        .formatted(Grid.figure(forward), Grid.percent(forward / product));
  }

  private Optional<ReferenceLoop> reference(Setup setup, Path checkpoint, Weights weights)
      throws IOException {
    if (!reference) {
      return Optional.empty();
    }
    Path folder = setup.work().resolve("reference-images");
    setup.images().layOut(folder, Math.min(images, REFERENCE_IMAGES));
    try (Contender block = BlockContender.of(weights, Setup.PREPROCESSING)) {
      return Optional.of(
          new ReferenceLoop(home, setup.work(), folder, checkpoint, block, setup.crops()));
    }
  }
}
