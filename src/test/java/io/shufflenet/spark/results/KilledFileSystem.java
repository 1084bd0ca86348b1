package io.shufflenet.spark.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system, whose process dies after so many changes. A folder is deleted file by
 * file, as it is on a local disk. A file that was being written when the process died is empty.
 */
public final class KilledFileSystem extends RawLocalFileSystem {
  private static final String RENAMING = "test.renaming";

  private static int left = Integer.MAX_VALUE;
  private static Runnable death = () -> {};

  /** How a folder is renamed. */
  enum Renaming {
    AT_ONCE,
    /** Each file is copied, then each is deleted: what object stores do. */
    BY_COPYING
  }

  /** What becomes of a thread whose process has been killed. */
  static final class Killed extends Error implements Runnable {
    private static final long serialVersionUID = 1;

    /** In the place of {@link Runtime#halt}: no later change is made either. */
    @Override
    public void run() {
      throw this;
    }
  }

  static Configuration configuration(Renaming renaming) {
    Configuration hadoop = new Configuration(false);
    hadoop.setClass("fs.file.impl", KilledFileSystem.class, RawLocalFileSystem.class);
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    hadoop.setEnum(RENAMING, renaming);
    return hadoop;
  }

  /** From now on {@code changes} more are made. */
  static void dieAfter(int changes, Runnable how) {
    left = changes;
    death = how;
  }

  static void live() {
    dieAfter(Integer.MAX_VALUE, () -> {});
  }

  private static void changing() {
    if (left == 0) {
      death.run();
    }
  }

  private static void changed() {
    left--;
    changing();
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    changing();
    FSDataOutputStream out =
        super.create(path, overwrite, bufferSize, replication, blockSize, progress);
    changed();
    return out;
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    changing();
    boolean done = super.mkdirs(path, permission);
    changed();
    return done;
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    changing();
    boolean done = super.mkdirs(path);
    changed();
    return done;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    changing();
    if (getConf().getEnum(RENAMING, Renaming.AT_ONCE) == Renaming.AT_ONCE) {
      boolean done = super.rename(from, to);
      changed();
      return done;
    }
    java.nio.file.Path source = pathToFile(from).toPath();
    java.nio.file.Path target = pathToFile(to).toPath();
    for (java.nio.file.Path file : files(source)) {
      java.nio.file.Path copy = target.resolve(source.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
      changed();
    }
    return delete(from, true);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    changing();
    java.nio.file.Path target = pathToFile(path).toPath();
    if (!Files.exists(target)) {
      return false;
    }
    for (java.nio.file.Path file : files(target)) {
      Files.delete(file);
      changed();
    }
    boolean done = !Files.exists(target) || super.delete(path, recursive);
    changed();
    return done;
  }

  /** Hadoop starts a process for each. */
  @Override
  public void setPermission(Path path, FsPermission permission) {}

  private static List<java.nio.file.Path> files(java.nio.file.Path root) {
    try (Stream<java.nio.file.Path> found = Files.walk(root)) {
      return found.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
