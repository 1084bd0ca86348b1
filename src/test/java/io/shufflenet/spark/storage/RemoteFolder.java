package io.shufflenet.spark.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** A folder on a file system of Hadoop's. */
public record RemoteFolder(FileSystem fileSystem, Path path) {
  /** As a user names what lies in it; the folder itself by an empty string. */
  public String name(String child) {
    return child(child).toString();
  }

  private Path child(String name) {
    return name.isEmpty() ? path : new Path(path, new Path(null, null, name));
  }

  public void put(String name, byte[] content) throws IOException {
    try (OutputStream out = fileSystem.create(child(name), true)) {
      out.write(content);
    }
  }

  /** Copies a file, or the files under a folder, their names as they are. */
  public void put(String name, java.nio.file.Path local) throws IOException {
    try (Stream<java.nio.file.Path> found = Files.walk(local)) {
      for (java.nio.file.Path file : found.filter(Files::isRegularFile).toList()) {
        String relative = local.relativize(file).toString();
        put(relative.isEmpty() ? name : name + "/" + relative, Files.readAllBytes(file));
      }
    }
  }

  public boolean exists(String name) throws IOException {
    return fileSystem.exists(child(name));
  }

  /** Paths of all files under {@code name}, relative to it. */
  public List<String> files(String name) throws IOException {
    List<String> names = new ArrayList<>();
    Path root = child(name);
    RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(root, true);
    while (files.hasNext()) {
      names.add(
          files.next().getPath().toUri().getPath().substring(root.toUri().getPath().length() + 1));
    }
    return names;
  }

  public String text(String name) throws IOException {
    try (InputStream in = fileSystem.open(child(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
