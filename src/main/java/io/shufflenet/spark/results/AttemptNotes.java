package io.shufflenet.spark.results;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;

/**
 * What the attempts at a partition that is tried alone leave behind for those after them: each has
 * a file of its own, which holds the image that is under way and is empty while none is. So the
 * file of an attempt that has ended tells under which image its process died. An attempt that goes
 * on elsewhere at the same time (Spark's speculation) looks like one that died, which alone is too
 * little to blame an image.
 */
public final class AttemptNotes {
  /**
   * The local property that tells a task where the notes are; tasks that are not alone have none.
   */
  static final String FOLDER = "shufflenet.notes";

  /** How often a process dies under an image before it is not tried any more. */
  public static final int MOST_DEATHS = 2;

  private static final int MOST_CRASHED_IMAGES = 10;
  private static final String WHERE_TO_LOOK =
      "Their stderr may say why: a native library that does not run there (jobs/shufflenet.sh"
          + " doctor examines executors), or too little memory (spark.executor.memoryOverhead)";

  private final FileSystem fileSystem;
  private final Path folder;

  private AttemptNotes(FileSystem fileSystem, Path folder) {
    this.fileSystem = fileSystem;
    this.folder = folder;
  }

  /**
   * @param folder of one partition
   */
  static AttemptNotes in(Path folder, Configuration hadoop) throws IOException {
    return new AttemptNotes(OutputFiles.fileSystem(folder, hadoop), folder);
  }

  /** Those of the running task's partition, if it is tried alone. */
  public static Optional<AttemptNotes> ofTask(TaskContext task, Configuration hadoop)
      throws IOException {
    String folder = task.getLocalProperty(FOLDER);
    return folder == null ? Optional.empty() : Optional.of(in(new Path(folder), hadoop));
  }

  Path folder() {
    return folder;
  }

  /** The image that each attempt had under way in the end; empty for one that had none. */
  List<String> read() throws IOException {
    List<String> notes = new ArrayList<>();
    for (String attempt : Standing.names(fileSystem, folder)) {
      notes.add(Standing.text(fileSystem, new Path(folder, attempt)).orElse(""));
    }
    return List.copyOf(notes);
  }

  /**
   * Begins an attempt.
   *
   * @return as {@link #read} before it
   */
  public List<String> begin(long attempt) throws IOException {
    List<String> earlier = read();
    write(attempt, "");
    return earlier;
  }

  /**
   * Says what an attempt has under way from now on.
   *
   * @param attempt no other has the same
   * @param image what tells it from others; empty for none
   */
  public void write(long attempt, String image) throws IOException {
    try (OutputStream out = fileSystem.create(new Path(folder, Long.toString(attempt)), true)) {
      out.write(image.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Looks whether it makes sense to try the partition again, for another image is known by now
   * under which a process died.
   *
   * @param before the notes of the attempts before the last ones
   * @param failure of the last ones
   * @throws IOException if it makes none
   */
  static void requireProgress(List<String> before, List<String> now, Exception failure)
      throws IOException {
    long died = deaths(now);
    // The very first attempt goes at full speed, and so cannot tell.
    boolean onlyFirst = before.isEmpty() && now.size() == 1;
    if (died == deaths(before) && !onlyFirst) {
      throw new IOException(
          "Cannot find an image that kills executors: they die before one is under way. "
              + WHERE_TO_LOOK,
          failure);
    }
    if (died > (long) MOST_DEATHS * MOST_CRASHED_IMAGES) {
      throw new IOException(
          "Cannot blame images: executors died %d times under those of one partition, tried one at a time. %s"
              .formatted(died, WHERE_TO_LOOK),
          failure);
    }
  }

  private static long deaths(List<String> notes) {
    return notes.stream().filter(image -> !image.isEmpty()).count();
  }
}
