package io.shufflenet.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless browser that shows one page, and what it made of it. */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final long LONGEST_SECONDS = 120;

  /** So that nothing but the page itself asks for anything. */
  private static final List<String> QUIET =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--host-resolver-rules=MAP * ~NOTFOUND",
          "--enable-logging=stderr",
          "--v=0");

  private final String program;
  private final Path folder;

  private Chromium(String program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /**
   * The one on this machine's path. Where there is none the test that asks is skipped, and says so.
   *
   * @param folder where it may leave what it likes
   */
  static Chromium orSkipped(Path folder) {
    Optional<String> program =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .flatMap(path -> NAMES.stream().map(name -> Path.of(path, name)))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst();
    if (program.isEmpty()) {
      System.out.println(
          "Skipped: there is no Chromium to look at a page with; .ci/chromium installs it");
    }
    assumeTrue(program.isPresent());
    return new Chromium(program.get(), folder);
  }

  /**
   * @param dom the document after its scripts have run, as HTML
   * @param console what they wrote to the console, errors and refusals of the page's policy too
   */
  record Shown(String dom, List<String> console) {}

  /** Shows a page in a window of this size. */
  Shown show(Path page, int width, int height, String... options)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile(folder, "said", ".log");
    Path dom = Files.createTempFile(folder, "dom", ".html");
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(QUIET);
    command.addAll(List.of(options));
    command.add("--user-data-dir=" + Files.createTempDirectory(folder, "profile"));
    command.add("--window-size=" + width + "," + height);
    command.add("--virtual-time-budget=5000");
    command.add("--dump-dom");
    command.add(page.toUri().toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    try (Stream<String> lines = Files.lines(said)) {
      return new Shown(
          Files.readString(dom), lines.filter(line -> line.contains("CONSOLE")).toList());
    }
  }
}
