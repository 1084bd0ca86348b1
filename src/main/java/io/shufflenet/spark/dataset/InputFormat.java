package io.shufflenet.spark.dataset;

import static java.util.stream.Collectors.joining;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Tells by names alone what {@code input.format = auto} stands for. */
final class InputFormat {
  private static final Map<String, String> FORMAT_OF_ENDING =
      Map.of(
          "parquet", "parquet",
          "csv", "csv",
          "json", "json",
          "jsonl", "json",
          "orc", "orc",
          "avro", "avro",
          "tar", InputSettings.WEBDATASET,
          "tgz", InputSettings.WEBDATASET);

  /** May lie beside images and beside tar files: captions, labels, statistics. */
  private static final Set<String> SIDECARS = Set.of("csv", "json");

  private static final Set<String> OF_IMAGES =
      Set.of(InputSettings.FOLDER, InputSettings.WEBDATASET);

  private static final int FILES_TO_SEE = 100;

  private InputFormat() {}

  /**
   * The format of a table's file or a tar file by its ending. Of a folder, that of the table format
   * that wrote it; or the format of its files if the first hundred have the same ending of a table
   * or are tar files; else {@code folder}.
   *
   * @throws IllegalArgumentException if the names leave it open
   */
  static String detect(InputLocation location) throws IOException {
    return detect(location, "input");
  }

  /**
   * @param section of the settings that names the location, for messages
   */
  static String detect(InputLocation location, String section) throws IOException {
    if (!location.isFolder()) {
      return ofFile(location.path()).orElseThrow(() -> noTable(location.path(), section));
    }
    Optional<String> lake = ofTableFolder(location.fileSystem(), location.path());
    return lake.isPresent() ? lake.get() : ofFiles(location, section);
  }

  private static IllegalArgumentException noTable(Path file, String section) {
    return new IllegalArgumentException(
        "Cannot read %s.path = %s: it is a file whose ending names no table format (%s.format)"
            .formatted(section, file, section));
  }

  /** Whether the last name of the path is one that a table's file has. */
  static boolean isNamedAsTable(Path path) {
    return ofFile(path).isPresent() && !isShard(path);
  }

  /** Whether the last name of the path is one that a tar file has. */
  static boolean isShard(Path path) {
    return ofFile(path).equals(Optional.of(InputSettings.WEBDATASET));
  }

  private static Optional<String> ofFile(Path path) {
    String name = path.getName();
    String ending = FileNames.ending(name);
    if (ending.equals("gz")) {
      ending = FileNames.ending(name.substring(0, name.length() - ".gz".length()));
    }
    return Optional.ofNullable(FORMAT_OF_ENDING.get(ending));
  }

  /** Read as plain Parquet, such a folder would show deleted rows too. */
  private static Optional<String> ofTableFolder(FileSystem fileSystem, Path folder)
      throws IOException {
    if (fileSystem.exists(new Path(folder, "_delta_log"))) {
      return Optional.of("delta");
    }
    if (fileSystem.exists(new Path(folder, ".hoodie"))) {
      return Optional.of("hudi");
    }
    return hasIcebergMetadata(fileSystem, new Path(folder, "metadata"))
        ? Optional.of("iceberg")
        : Optional.empty();
  }

  private static boolean hasIcebergMetadata(FileSystem fileSystem, Path folder) throws IOException {
    try {
      RemoteIterator<FileStatus> entries = fileSystem.listStatusIterator(folder);
      while (entries.hasNext()) {
        if (entries.next().getPath().getName().endsWith(".metadata.json")) {
          return true;
        }
      }
      return false;
    } catch (FileNotFoundException absent) {
      return false;
    }
  }

  private static String ofFiles(InputLocation location, String section) throws IOException {
    try {
      return ofFiles(
          location.path(),
          location.walk().stream().limit(FILES_TO_SEE).map(FolderFile::path).toList(),
          section);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String ofFiles(Path folder, List<Path> files, String section) {
    Map<String, Path> examples = new TreeMap<>();
    files.forEach(file -> examples.putIfAbsent(ofFile(file).orElse(InputSettings.FOLDER), file));
    if (examples.size() == 1) {
      return examples.keySet().iterator().next();
    }
    List<String> formats =
        examples.keySet().stream().filter(format -> !SIDECARS.contains(format)).toList();
    if (formats.isEmpty()) {
      return InputSettings.FOLDER;
    }
    if (OF_IMAGES.contains(formats.get(0)) && formats.size() == 1) {
      return formats.get(0);
    }
    String found = examples.values().stream().map(Path::getName).collect(joining(" and also "));
    throw new IllegalArgumentException(
        "Cannot tell what %s.path = %s is: it holds %s; say so by %s.format, or name a folder of"
                .formatted(section, folder, found, section)
            + " one kind");
  }
}
