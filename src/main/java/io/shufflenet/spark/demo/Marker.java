package io.shufflenet.spark.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A small hidden file that tells what the demo made in a folder. It names the files before they are
 * written, so that an interrupted run can be done again, and says when they are whole.
 */
final class Marker {
  private static final String WHOLE = "whole";
  private static final String BEGUN = "begun";

  private final Path file;
  private final String content;

  /**
   * Names a marker without writing it.
   *
   * @param content what was asked for, in one line: another seed or version makes another line
   */
  Marker(Path file, String content) {
    this.file = file.toAbsolutePath().normalize();
    this.content = content;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Whether exactly what is asked for was made, and all of it is still there. */
  boolean vouches() throws IOException {
    if (!exists()) {
      return false;
    }
    List<String> lines = Files.readAllLines(file);
    return lines.size() > 2
        && lines.get(0).equals(WHOLE)
        && lines.get(1).equals(content)
        && made(lines).allMatch(Files::exists);
  }

  /**
   * Deletes what an earlier marker lists, and lists what will be made: paths relative to this
   * file's folder.
   */
  void begin(List<String> files) throws IOException {
    if (exists()) {
      for (Path earlier : made(Files.readAllLines(file)).toList()) {
        Files.deleteIfExists(earlier);
      }
    }
    write(BEGUN, files);
  }

  void finish(List<String> files) throws IOException {
    write(WHOLE, files);
  }

  private Stream<Path> made(List<String> lines) {
    return lines.stream()
        .skip(2)
        .map(name -> file.resolveSibling(name).normalize())
        .filter(path -> path.startsWith(file.getParent()));
  }

  private void write(String state, List<String> files) throws IOException {
    Files.write(file, Stream.concat(Stream.of(state, content), files.stream()).toList());
  }
}
