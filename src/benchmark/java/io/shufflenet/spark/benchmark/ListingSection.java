package io.shufflenet.spark.benchmark;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Listing a million files, in a process of its own with a small heap. */
final class ListingSection {
  private static final int FOLDERS = 1000;
  private static final int FILES_PER_FOLDER = 1000;
  private static final String HEAP = "512m";

  private final Setup setup;
  private final Path folder;

  ListingSection(Setup setup) {
    this.setup = setup;
    this.folder = setup.work().resolve("empty-files");
  }

  /** Adds the section's rows. */
  void into(Grid grid) throws IOException {
    delete();
    try {
      Setup.progress("making a million empty files");
      folders().forEach(ListingSection::fill);
      Setup.progress("listing them");
      JsonObject said = list();
      double files = said.get("files").getAsDouble();
      double seconds = said.get("seconds").getAsDouble();
      grid.heading(
          "Listing %,d empty files, %,d in a folder, all cores, a heap of %s"
              .formatted(FOLDERS * FILES_PER_FOLDER, FILES_PER_FOLDER, HEAP));
      grid.row("", "files/s", "seconds", "heap", "process");
      grid.row(
          "listed and written down",
          Grid.figure(files / seconds),
          Grid.figure(seconds),
          Grid.figure(said.get("heap").getAsDouble() / (1 << 20)) + " MB",
          Grid.figure(said.get("process").getAsDouble() / (1 << 20)) + " MB");
      grid.note("heap, process: the most that each held, driver and tasks in one");
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    } finally {
      Setup.progress("deleting them");
      delete();
    }
  }

  private Stream<Path> folders() {
    return IntStream.range(0, FOLDERS)
        .parallel()
        .mapToObj(number -> folder.resolve(String.format(Locale.ROOT, "%04d", number)));
  }

  private static void fill(Path folder) {
    try {
      Files.createDirectories(folder);
      for (int file = 0; file < FILES_PER_FOLDER; file++) {
        Files.createFile(folder.resolve(String.format(Locale.ROOT, "%04d.jpg", file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonObject list() throws IOException {
    Path listing = setup.work().resolve("listing");
    ImageSet.delete(listing);
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    List<String> command =
        List.of(
            java,
            "@" + setup.home().resolve("target/spark.java.options"),
            "-Xmx" + HEAP,
            "-Dlog4j2.configurationFile=" + setup.home().resolve("conf/log4j2.properties"),
            "-cp",
            System.getenv("CLASSPATH"),
            ListingRun.class.getName(),
            folder.toUri().toString(),
            listing.toUri().toString());
    String said =
        ChildProcess.run(setup.home(), setup.work().resolve("listing.log"), command)
            .lines()
            .filter(line -> line.startsWith("{"))
            .findFirst()
            .orElseThrow();
    ImageSet.delete(listing);
    return JsonParser.parseString(said).getAsJsonObject();
  }

  private void delete() throws IOException {
    folders().forEach(ListingSection::empty);
    Files.deleteIfExists(folder);
  }

  /** One folder's names at a time. */
  private static void empty(Path folder) {
    try {
      ImageSet.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
