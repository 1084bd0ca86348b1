package io.shufflenet.spark.training;

import io.shufflenet.spark.checkpoint.CheckpointWriter;
import io.shufflenet.spark.checkpoint.Tensor;
import io.shufflenet.spark.model.ModelDescription;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The output folder of a training run, on any Hadoop file system: {@code training.json} (what the
 * run is), {@code checkpoints}, {@code metrics}, {@code model.pth.tar}, and last {@code run.json},
 * which marks the run complete. A file is written under another name and then renamed: one that
 * stands there is whole.
 */
public final class TrainingFolder {
  /** The trained network. */
  public static final String MODEL = "model.pth.tar";

  private static final String COURSE = "training.json";
  private static final String RUN = "run.json";
  private static final String CHECKPOINTS = "checkpoints";
  private static final String METRICS = "metrics";

  /** Megvii's names. */
  private static final Pattern CHECKPOINT_NAME =
      Pattern.compile("checkpoint-([0-9]{6,18})\\.pth\\.tar");

  private final FileSystem fileSystem;
  private final Path output;

  private TrainingFolder(FileSystem fileSystem, Path output) {
    this.fileSystem = fileSystem;
    this.output = output;
  }

  /**
   * Names the folder, without creating it.
   *
   * @throws IllegalArgumentException if there is something else than an unfinished training run
   */
  public static TrainingFolder of(Configuration hadoop, Path path) throws IOException {
    FileSystem found = path.getFileSystem(hadoop);
    // Hadoop's checksums of local files keep it from forcing them to the disk.
    FileSystem fileSystem = found instanceof LocalFileSystem local ? local.getRaw() : found;
    TrainingFolder folder = new TrainingFolder(fileSystem, fileSystem.makeQualified(path));
    folder.refuseForeign();
    return folder;
  }

  private void refuseForeign() throws IOException {
    if (!fileSystem.exists(output)) {
      return;
    }
    if (!fileSystem.getFileStatus(output).isDirectory()) {
      throw cannotWrite("it is a file, not a folder");
    }
    if (fileSystem.exists(in(RUN))) {
      throw cannotWrite("a finished run is there. Name a new folder, or delete it");
    }
    if (!fileSystem.exists(in(COURSE)) && holdsFiles()) {
      throw cannotWrite("it already holds files. Name a new folder, or delete it");
    }
  }

  /** But for what a run that was killed at its very beginning may leave. */
  private boolean holdsFiles() throws IOException {
    return Arrays.stream(fileSystem.listStatus(output))
        .anyMatch(file -> !file.getPath().equals(writing(in(COURSE))));
  }

  private IllegalArgumentException cannotWrite(String reason) {
    return new IllegalArgumentException(
        "Cannot write to output.path = %s: %s".formatted(output, reason));
  }

  /** Fully qualified. */
  public Path output() {
    return output;
  }

  private Path in(String name) {
    return new Path(output, name);
  }

  /** What {@link #begin} wrote, of an unfinished run; empty where there is none. */
  public Optional<String> course() throws IOException {
    try (InputStream in = fileSystem.open(in(COURSE))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Creates the folder and writes down what the run is. */
  public void begin(String course) throws IOException {
    write(in(COURSE), course);
  }

  /** Marks the run complete. */
  public void complete(String record) throws IOException {
    write(in(RUN), record);
  }

  void save(
      long iteration,
      Map<String, Tensor> stateDict,
      Map<String, Tensor> momentum,
      ModelDescription description)
      throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    SavedState.write(iteration, stateDict, momentum, content);
    write(checkpoint(iteration), content, description);
  }

  private Path checkpoint(long iteration) {
    return new Path(
        in(CHECKPOINTS), String.format(Locale.ROOT, "checkpoint-%06d.pth.tar", iteration));
  }

  void saveModel(Map<String, Tensor> stateDict, ModelDescription description) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    CheckpointWriter.write(Map.of(SavedState.STATE_DICT, stateDict), content);
    write(in(MODEL), content, description);
  }

  /** The description comes first: a checkpoint that is there can be used. */
  private void write(Path path, ByteArrayOutputStream content, ModelDescription description)
      throws IOException {
    String beside = ModelDescription.fileName(path.getName());
    write(new Path(path.getParent(), beside), description.json());
    write(path, content);
  }

  private void write(Path path, String text) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    write(path, content);
  }

  private static Path writing(Path path) {
    return new Path(path.getParent(), "." + path.getName() + ".writing");
  }

  private void write(Path path, ByteArrayOutputStream content) throws IOException {
    Path writing = writing(path);
    try (FSDataOutputStream out = fileSystem.create(writing, true)) {
      content.writeTo(out);
      out.hsync();
    }
    fileSystem.delete(path, false);
    if (!fileSystem.rename(writing, path)) {
      throw new IOException("Cannot write " + path + ": the file system refused the move");
    }
  }

  /**
   * The state in the checkpoint of the largest iteration; empty where there is none.
   *
   * @throws IOException if it cannot be read
   */
  Optional<SavedState> newest() throws IOException {
    Optional<Path> newest = newestCheckpoint();
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = fileSystem.open(newest.get())) {
      return Optional.of(SavedState.read(in.readAllBytes(), newest.get().toString()));
    }
  }

  /** The iteration that an interrupted run goes on from; 0 where it has no checkpoint. */
  public long iteration() throws IOException {
    return newestCheckpoint().map(TrainingFolder::iteration).orElse(0L);
  }

  private Optional<Path> newestCheckpoint() throws IOException {
    if (!fileSystem.exists(in(CHECKPOINTS))) {
      return Optional.empty();
    }
    return Arrays.stream(fileSystem.listStatus(in(CHECKPOINTS)))
        .map(FileStatus::getPath)
        .filter(path -> CHECKPOINT_NAME.matcher(path.getName()).matches())
        .max(Comparator.comparingLong(TrainingFolder::iteration));
  }

  private static long iteration(Path checkpoint) {
    Matcher name = CHECKPOINT_NAME.matcher(checkpoint.getName());
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }

  /** Where the metrics stand. */
  Path metrics() {
    return in(METRICS);
  }
}
