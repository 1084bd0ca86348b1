package io.shufflenet.spark.results;

import com.google.gson.JsonObject;
import io.shufflenet.spark.results.Swap.Journal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The output folder of one run, on any Hadoop file system. Everything is built in a folder of the
 * run's own under {@code <output>/.work}, and put in the place of what stands in {@code <output>}
 * only when it is whole; {@code run.json} comes last and marks the result complete.
 */
public final class RunFolder {
  static final String WORK = ".work";
  private static final String COURSE = "course.json";
  private static final String OWNER = "owner";
  static final String PREDICTIONS = "predictions";
  static final String RUN = "run.json";

  /** What a result consists of, the mark of completeness last. */
  private static final List<String> RESULT = List.of(PREDICTIONS, "classes", "report", RUN);

  private final FileSystem fileSystem;
  private final Path output;
  private final String runId;
  private final OutputMode mode;
  private final Path work;
  private final Optional<StagedRun> staged;
  private final Optional<EarlierRun> published;
  private boolean publishing;
  private boolean kept;

  private RunFolder(
      FileSystem fileSystem,
      Path output,
      String runId,
      OutputMode mode,
      Path work,
      Optional<StagedRun> staged,
      Optional<EarlierRun> published) {
    this.fileSystem = fileSystem;
    this.output = output;
    this.runId = runId;
    this.mode = mode;
    this.work = work;
    this.staged = staged;
    this.published = published;
  }

  /**
   * Names the folder that a run will write, without creating it. A publishing that was interrupted
   * there is completed first.
   *
   * @throws IllegalArgumentException if something stands there that the mode does not allow
   * @throws IOException if the file system fails
   */
  public static RunFolder open(Configuration hadoop, Path path, String runId, OutputMode mode)
      throws IOException {
    FileSystem fileSystem = OutputFiles.fileSystem(path, hadoop);
    Path output = fileSystem.makeQualified(path);
    Standing standing = Standing.in(fileSystem, output, mode);
    Path own = new Path(new Path(output, WORK), standing.unfinished().orElse(runId));
    Path course = new Path(own, COURSE);
    Optional<StagedRun> staged =
        Standing.text(fileSystem, course).map(json -> StagedRun.parse(json, course.toString()));
    RunFolder folder =
        new RunFolder(fileSystem, output, runId, mode, own, staged, standing.published());
    folder.requireEarlierPredictions();
    return folder;
  }

  /** Where they stand in a table too, someone may have deleted them. */
  private void requireEarlierPredictions() throws IOException {
    Optional<Path> earlier = earlierPredictions();
    if (earlier.isPresent() && !fileSystem.exists(earlier.get())) {
      throw Standing.cannotWrite(
          output,
          "the folder predictions was deleted there, so that there is nothing to resume; --mode"
              + " overwrite predicts all images again");
    }
  }

  /**
   * What decided the rows that are to be kept: of the unfinished run, and of the finished one.
   * Empty where nothing is kept.
   *
   * @throws IllegalArgumentException if a finished run does not tell
   */
  public List<JsonObject> courses() {
    List<JsonObject> courses = new ArrayList<>();
    staged.map(StagedRun::course).ifPresent(courses::add);
    earlier()
        .map(
            run ->
                run.course()
                    .orElseThrow(
                        () ->
                            Standing.cannotWrite(
                                output,
                                "its run.json does not tell what decided its predictions, so they"
                                    + " cannot be resumed; --mode overwrite replaces them")))
        .ifPresent(courses::add);
    return List.copyOf(courses);
  }

  /**
   * The finished run whose predictions are kept; none where this run, or the unfinished one that it
   * goes on with, is to overwrite them.
   */
  public Optional<EarlierRun> earlier() {
    boolean replaced =
        staged.map(run -> run.mode() == OutputMode.OVERWRITE).orElse(mode != OutputMode.RESUME);
    return replaced ? Optional.empty() : published;
  }

  /** What the run does with what stands in the folder. */
  public OutputMode mode() {
    return mode;
  }

  /**
   * Creates the run's own folder, or takes that of an unfinished run over, which fails at its next
   * step if it is alive after all.
   *
   * @param course what decides the rows of this run
   * @throws IOException if it cannot, or another run has begun there meanwhile
   */
  public void begin(JsonObject course) throws IOException {
    createWork();
    if (Standing.runs(fileSystem, work.getParent()).size() > 1) {
      fileSystem.delete(work, true);
      throw new IOException("Cannot write to " + output + ": another run has begun there");
    }
    writeText(OWNER, runId);
    if (staged.isEmpty()) {
      // Under another name first: one that is there is whole.
      writeText(COURSE + ".writing", new StagedRun(mode, course).json());
      fileSystem.delete(working(COURSE), false);
      if (!fileSystem.rename(working(COURSE + ".writing"), working(COURSE))) {
        throw new IOException("Cannot write " + working(COURSE));
      }
    }
    for (String name : Standing.names(fileSystem, work)) {
      if (!List.of(OWNER, COURSE, Staging.BATCHES).contains(name)) {
        fileSystem.delete(working(name), true);
      }
    }
  }

  private void createWork() throws IOException {
    try {
      fileSystem.mkdirs(work);
    } catch (IOException e) {
      throw new IOException("Cannot write to %s: %s".formatted(output, e.getMessage()), e);
    }
  }

  /**
   * @throws IOException if another run has taken the folder over
   */
  void requireOwned() throws IOException {
    if (!isOwned()) {
      throw new IOException(
          "Cannot go on: another run has taken %s over (--mode resume)".formatted(work));
    }
  }

  private boolean isOwned() throws IOException {
    return Standing.text(fileSystem, working(OWNER)).filter(runId::equals).isPresent();
  }

  /** The output folder, fully qualified. */
  public Path output() {
    return output;
  }

  /** The run's name, also that of its Spark job group. */
  String runId() {
    return runId;
  }

  /** Where {@code name} is built, in the run's own folder. */
  public Path working(String name) {
    return new Path(work, name);
  }

  /** The predictions of {@link #earlier()}. */
  Optional<Path> earlierPredictions() {
    return earlier().map(run -> new Path(output, PREDICTIONS));
  }

  /** Writes a small UTF-8 file into the run's own folder. */
  void writeText(String name, String text) throws IOException {
    try (OutputStream out = fileSystem.create(working(name), true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Names of what stands under {@code name} in the run's own folder. */
  List<String> names(String name) throws IOException {
    return Standing.names(fileSystem, working(name));
  }

  /** Bytes of everything under {@code path}; 0 where there is nothing. */
  long bytes(Path path) throws IOException {
    return fileSystem.exists(path) ? fileSystem.getContentSummary(path).getLength() : 0;
  }

  /**
   * Puts what is built in the place of what stands in the output folder, and removes the run's own
   * folder.
   *
   * @param record of the run
   * @throws IOException if the file system fails; the next start completes it
   */
  public void publish(RunRecord record) throws IOException {
    writeText(RUN, record.json());
    requireOwned();
    List<String> built = Standing.names(fileSystem, work);
    List<String> standing = Standing.names(fileSystem, output);
    if (published.isEmpty() && !Collections.disjoint(standing, RESULT)) {
      throw new IOException("Cannot publish in " + output + ": another run has published there");
    }
    List<String> old = new ArrayList<>(RESULT.stream().filter(standing::contains).toList());
    Collections.reverse(old);
    List<String> fresh = RESULT.stream().filter(built::contains).toList();
    publishing = true;
    Swap.begin(fileSystem, output, new Journal(work.getName(), List.copyOf(old), fresh));
  }

  /** From now on what is staged stays for the next start in any mode: it is all there. */
  public void keep() {
    kept = true;
  }

  /** Whether a failed run's staged rows stay because they are all there. */
  public boolean isKept() {
    return kept;
  }

  /**
   * Clears up after a run that failed. What a run with mode {@code resume} has staged stays for the
   * next start, and so does what is to be kept, and a publishing that has begun.
   */
  public void abandon() throws IOException {
    boolean stays = (kept || mode == OutputMode.RESUME) && !names(Staging.BATCHES).isEmpty();
    if (publishing || stays || !isOwned()) {
      return;
    }
    fileSystem.delete(work, true);
    if (Standing.runs(fileSystem, work.getParent()).isEmpty()) {
      fileSystem.delete(work.getParent(), true);
    }
    if (Standing.names(fileSystem, output).isEmpty()) {
      fileSystem.delete(output, false);
    }
  }
}
