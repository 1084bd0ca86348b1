package io.shufflenet.spark.results;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Puts a new result, built whole in a run's folder under {@code .work}, in the place of the old
 * one. Two journals tell how far it is: while {@code moving-away.json} stands alone, what lies in
 * the output folder is old; once {@code moving-in.json} stands there, it is new. So whoever finds a
 * journal can go through the steps again, and each step does only what is not done yet.
 */
final class Swap {
  private static final Gson JSON = new Gson();
  private static final String MOVING_AWAY = "moving-away.json";
  private static final String MOVING_IN = "moving-in.json";
  private static final String OLD = "old";

  private final FileSystem fileSystem;
  private final Path output;
  private final Path work;
  private final Journal journal;

  /**
   * What is to be moved.
   *
   * @param run name of the folder under {@code .work} that the new entries stand in
   * @param old names of the entries of the output folder to move away, the mark of completeness
   *     first
   * @param fresh names of the entries to move in, the mark of completeness last
   */
  record Journal(String run, List<String> old, List<String> fresh) {}

  private Swap(FileSystem fileSystem, Path output, Journal journal) {
    this.fileSystem = fileSystem;
    this.output = output;
    this.work = new Path(output, RunFolder.WORK);
    this.journal = journal;
  }

  /**
   * Swaps.
   *
   * @throws IOException if the file system fails; {@link #completeInterrupted} can go on
   */
  static void begin(FileSystem fileSystem, Path output, Journal journal) throws IOException {
    Swap swap = new Swap(fileSystem, output, journal);
    swap.write(MOVING_AWAY);
    swap.moveAway();
    swap.moveIn();
  }

  /**
   * Goes on with a swap that was interrupted, if there is one.
   *
   * @return the run whose result is in place now
   * @throws IOException if the file system fails, or the journal cannot be read
   */
  static Optional<String> completeInterrupted(FileSystem fileSystem, Path output)
      throws IOException {
    Path work = new Path(output, RunFolder.WORK);
    Path movingAway = new Path(work, MOVING_AWAY);
    Path movingIn = new Path(work, MOVING_IN);
    boolean isMovingIn = fileSystem.exists(movingIn);
    if (!isMovingIn && !fileSystem.exists(movingAway)) {
      return Optional.empty();
    }
    Journal journal = read(fileSystem, isMovingIn ? movingIn : movingAway);
    Swap swap = new Swap(fileSystem, output, journal);
    if (!isMovingIn) {
      swap.moveAway();
    }
    swap.moveIn();
    return Optional.of(journal.run());
  }

  private static Journal read(FileSystem fileSystem, Path path) throws IOException {
    try (InputStream in = fileSystem.open(path)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return JSON.fromJson(text, Journal.class);
    } catch (JsonParseException e) {
      throw new IOException(
          "Cannot complete an interrupted publishing: %s is damaged".formatted(path), e);
    }
  }

  private void moveAway() throws IOException {
    for (String name : journal.old()) {
      move(new Path(output, name), new Path(run(), OLD + "/" + name));
    }
    write(MOVING_IN);
  }

  private void moveIn() throws IOException {
    fileSystem.delete(new Path(work, MOVING_AWAY), false);
    for (String name : journal.fresh()) {
      move(new Path(run(), name), new Path(output, name));
    }
    for (String name : journal.fresh()) {
      requireThere(new Path(output, name));
    }
    fileSystem.delete(run(), true);
    fileSystem.delete(new Path(work, MOVING_IN), false);
    if (Standing.runs(fileSystem, work).isEmpty()) {
      fileSystem.delete(work, true);
    }
  }

  private Path run() {
    return new Path(work, journal.run());
  }

  private void requireThere(Path path) throws IOException {
    if (!fileSystem.exists(path)) {
      throw new IOException(
          "Cannot publish: %s is gone; what was there before is in %s"
              .formatted(path, new Path(run(), OLD)));
    }
  }

  /** The journal is there whole or not at all. */
  private void write(String name) throws IOException {
    Path path = new Path(work, name);
    Path writing = new Path(work, name + ".writing");
    try (FSDataOutputStream out = fileSystem.create(writing, true)) {
      out.write(JSON.toJson(journal).getBytes(StandardCharsets.UTF_8));
      if (out.hasCapability(StreamCapabilities.HSYNC)) { // object stores write when it is closed
        out.hsync();
      }
    }
    rename(writing, path);
  }

  /** Does nothing where it was moved before. */
  private void move(Path from, Path to) throws IOException {
    if (!fileSystem.exists(from)) {
      return;
    }
    if (fileSystem.exists(to)) {
      finishMove(from, to);
    } else {
      fileSystem.mkdirs(to.getParent());
      rename(from, to);
    }
  }

  /**
   * On an object store renaming is copying each file and deleting it then, and can have stopped
   * half-way. A file that is still at the old place is whole there.
   */
  private void finishMove(Path from, Path to) throws IOException {
    if (fileSystem.getFileStatus(from).isFile()) {
      moveFile(from, to);
      return;
    }
    RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(from, true);
    while (files.hasNext()) {
      Path file = files.next().getPath();
      moveFile(file, new Path(to, from.toUri().relativize(file.toUri()).getPath()));
    }
    fileSystem.delete(from, true);
  }

  private void moveFile(Path from, Path to) throws IOException {
    fileSystem.delete(to, false);
    fileSystem.mkdirs(to.getParent());
    rename(from, to);
  }

  private void rename(Path from, Path to) throws IOException {
    if (!fileSystem.rename(from, to)) {
      throw new IOException("Cannot publish %s: the file system refused the move".formatted(to));
    }
  }
}
