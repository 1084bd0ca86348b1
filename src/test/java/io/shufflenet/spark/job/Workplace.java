package io.shufflenet.spark.job;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.TarFile;
import io.shufflenet.spark.model.ModelDescription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A folder with a labelled image set, and commands run on it as a user would. */
final class Workplace {
  /** How many of the images Pillow reads and OpenCV too. */
  static final int IMAGES = 54;

  private final Path folder;

  /** Every golden image, good and bad, in ten folders {@code class-0} to {@code class-9}. */
  Workplace(Path folder) throws IOException {
    this.folder = folder;
    LocalSpark.session();
    List<Path> images = goldenImages();
    for (int i = 0; i < images.size(); i++) {
      Path classFolder = Files.createDirectories(images().resolve("class-" + i % 10));
      Files.copy(images.get(i), classFolder.resolve(images.get(i).getFileName()));
    }
  }

  static List<Path> goldenImages() throws IOException {
    try (Stream<Path> files = Files.list(GoldenFiles.IMAGES)) {
      return files.sorted().toList();
    }
  }

  Path images() {
    return folder.resolve("images");
  }

  Path output() {
    return folder.resolve("out");
  }

  /** The images in so many tar files, with the numbers of their folders as their labels. */
  Path tarFiles(int count) throws IOException {
    Path tars = folder.resolve("tars");
    for (int number = 0; number < count; number++) {
      try (TarFile tar = TarFile.create(tars.resolve(number + ".tar"));
          Stream<Path> files = Files.walk(images())) {
        List<Path> images = files.filter(Files::isRegularFile).sorted().toList();
        for (int image = number; image < images.size(); image += count) {
          addSample(tar, images.get(image));
        }
      }
    }
    return tars;
  }

  private void addSample(TarFile tar, Path image) throws IOException {
    String name = images().relativize(image).toString();
    String label = image.getParent().getFileName().toString().substring("class-".length());
    tar.add(name, Files.readAllBytes(image));
    tar.add(name.substring(0, name.indexOf('.')) + ".cls", label);
  }

  /** What a command said, and how it ended. */
  record Said(int exitCode, String out, String err) {}

  /** A copy of the golden checkpoint, with a file beside it. */
  Path describedCheckpoint(ModelDescription description) throws IOException {
    Path checkpoint = Files.copy(GoldenFiles.CHECKPOINT, folder.resolve("described.pth.tar"));
    Files.writeString(
        folder.resolve(ModelDescription.fileName("described.pth.tar")), description.json());
    return checkpoint;
  }

  /**
   * Runs a command with the golden checkpoint, the folder's images and its output, and these
   * options.
   */
  Said run(String command, String... options) {
    return say(arguments(command, options).toArray(String[]::new));
  }

  /** The command line that {@link #run} runs. */
  List<String> arguments(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command));
    List<String> given = List.of(options);
    if (!given.contains("--model")) {
      arguments.addAll(List.of("--model", GoldenFiles.CHECKPOINT.toString()));
    }
    if (!given.contains("--input")) {
      arguments.addAll(List.of("--input", images().toString()));
    }
    if (!given.contains("--output")) {
      arguments.addAll(List.of("--output", output().toString()));
    }
    arguments.addAll(given);
    return arguments;
  }

  /** Runs a command line. */
  static Said say(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      int exitCode = Main.run(arguments);
      return new Said(
          exitCode,
          said.toString(StandardCharsets.UTF_8),
          complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  Dataset<Row> predictions() {
    return read("predictions");
  }

  Dataset<Row> read(String table) {
    return LocalSpark.session().read().parquet(output().resolve(table).toString());
  }
}
