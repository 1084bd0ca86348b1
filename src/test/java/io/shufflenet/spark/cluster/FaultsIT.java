package io.shufflenet.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.shufflenet.spark.cluster.TrapFileSystem.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong in a cluster while a job predicts, and leaves its result as it would have been.
 */
@Timeout(value = 12, unit = TimeUnit.MINUTES)
final class FaultsIT {
  private static final int IMAGES = 400;

  /** Executors that come and go take their time on a busy machine. */
  private static final int PATIENCE_MINUTES = 9;

  /** Spark's own defaults are 4 and 4: so that fewer executors need die. */
  private static final List<String> SOON_GIVEN_UP =
      Place.settings("spark.task.maxFailures=2", "spark.stage.maxConsecutiveAttempts=1");

  @TempDir private static Path folder;
  private static Place place;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void startClusterAndPredictUndisturbed() throws Exception {
    place = Place.in(folder, NoiseImages.draw(folder.resolve("images"), IMAGES));
    TrapFileSystem.addTo(place.sparkHome().resolve("jars"));
    Path nvidiaSmi = FakeNvidiaSmi.ofTwoGpus(folder.resolve("nvidia"));
    cluster = StandaloneCluster.start(folder.resolve("cluster"), place.sparkHome(), nvidiaSmi, 1);
    try (Submission undisturbed = place.submit("undisturbed", "predict.sh", "local[2]")) {
      assertThat(undisturbed.exitCode()).as(undisturbed.err()).isZero();
    }
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void imagesThatEndTheirProcessBecomeErrorRows() throws Exception {
    String out;
    String err;
    try (Submission job = predict("crashed", Fault.CRASHING_IMAGES, SOON_GIVEN_UP)) {
      assertThat(job.exitCodeWithin(PATIENCE_MINUTES)).as(job.err()).isZero();
      out = job.out();
      err = job.err();
    }

    List<String> culprits = names(marks("crashed").resolve(TrapFileSystem.CULPRITS));
    assertThat(culprits).hasSize(3);
    Predicate<String> isCulprit =
        row -> culprits.stream().anyMatch(culprit -> row.startsWith("[" + culprit + ","));
    List<String> predictions = place.predictions("crashed");
    assertThat(predictions).hasSize(IMAGES);
    assertThat(predictions.stream().filter(isCulprit))
        .hasSize(3)
        .allSatisfy(row -> assertThat(row).contains(",null,null,[executor,crashed,executors died"));
    assertThat(predictions.stream().filter(isCulprit.negate()))
        .containsExactlyElementsOf(
            place.predictions("undisturbed").stream().filter(isCulprit.negate()).toList());
    assertThat(place.record("crashed").get("failed").getAsInt()).isEqualTo(3);
    assertThat(out).contains("crashed: executors died twice while the image was under way, alone");
    assertThat(culprits)
        .allSatisfy(
            culprit ->
                assertThat(err).contains("Executors died twice while " + culprit + " was under"));
  }

  @Test
  void executorsThatDieBeforeTheFirstImageFailTheRun() throws Exception {
    Path output = copyOfUndisturbed("hopeless");
    List<String> before = files(output);
    Place at = place.writingThrough(TrapFileSystem.SCHEME);
    List<String> more = new ArrayList<>(SOON_GIVEN_UP);
    more.addAll(List.of("--mode", "overwrite"));
    try (Submission job = submit(at, "hopeless", Fault.CRASHING_OUTPUT, more)) {
      assertThat(job.exitCodeWithin(PATIENCE_MINUTES)).isOne();
      assertThat(job.err())
          .contains("Error: Cannot predict: Spark gave up on a task")
          .contains("because: Cannot find an image that kills executors: they die before one is");
    }

    assertThat(files(output)).isEqualTo(before);
    assertThat(place.predictions("hopeless")).isEqualTo(place.predictions("undisturbed"));
  }

  @Test
  void tasksThatThrowAfterHalfTheirFileAreRunAgain() throws Exception {
    EventLog log = EventLog.in(folder.resolve("thrown-events"));
    try (Submission job = predict("thrown", Fault.EXCEPTIONS, log.settings())) {
      assertThat(job.exitCodeWithin(PATIENCE_MINUTES)).as(job.err()).isZero();
    }

    assertThat(
            log.events("TaskEnd").stream().map(FaultsIT::failure).filter(text -> !text.isEmpty()))
        .hasSize(2)
        .anySatisfy(text -> assertThat(text).contains("broken by the test"))
        .anySatisfy(text -> assertThat(text).contains("timed out by the test"));
    assertUndisturbed("thrown");
  }

  @Test
  void ofTwoAttemptsAtATaskOneCounts() throws Exception {
    EventLog log = EventLog.in(folder.resolve("speculated-events"));
    List<String> settings =
        log.settings(
            "spark.speculation=true",
            "spark.speculation.interval=100ms",
            "spark.speculation.multiplier=1.1",
            "spark.speculation.quantile=0.5");
    try (Submission job = predict("speculated", Fault.WAITING_FOR_A_TWIN, settings)) {
      assertThat(job.exitCodeWithin(PATIENCE_MINUTES)).as(job.err()).isZero();
    }

    assertThat(names(marks("speculated"))).contains("attempt-0", "attempt-1");
    assertThat(log.events("TaskStart"))
        .anySatisfy(
            start ->
                assertThat(start.getAsJsonObject("Task Info").get("Speculative").getAsBoolean())
                    .isTrue());
    assertUndisturbed("speculated");
  }

  @Test
  void anExecutorIsDecommissionedWhileItsTaskIsUnderWay() throws Exception {
    EventLog log = EventLog.in(folder.resolve("decommissioned-events"));
    List<String> settings =
        log.settings(
            "spark.decommission.enabled=true",
            "spark.storage.decommission.enabled=true",
            "spark.storage.decommission.shuffleBlocks.enabled=true",
            "spark.executor.decommission.forceKillTimeout=5s",
            "spark.task.maxFailures=1");
    try (Submission job = predict("decommissioned", Fault.STANDING_STILL, settings)) {
      Path process = marks("decommissioned").resolve(TrapFileSystem.PROCESS);
      Await.until("a task stands still", () -> Files.exists(process) || !job.isRunning());
      Process signal = new ProcessBuilder("kill", "-PWR", Files.readString(process)).start();
      assertThat(signal.waitFor()).isZero();
      assertThat(job.exitCodeWithin(PATIENCE_MINUTES)).as(job.err()).isZero();
      assertThat(job.err()).containsPattern("Received executor [01] decommissioned message");
    }

    // A second failure is one to fetch what the lost executor had not handed over.
    assertThat(log.events("TaskEnd").stream().map(FaultsIT::failure))
        .filteredOn(text -> text.contains("ExecutorLostFailure"))
        .singleElement()
        .asString()
        .contains("\"Exit Caused By App\":false");
    assertUndisturbed("decommissioned");
  }

  @Test
  void executorsComeAndGo() throws Exception {
    EventLog log = EventLog.in(folder.resolve("allocated-events"));
    List<String> settings =
        log.settings(
            "spark.dynamicAllocation.enabled=true",
            "spark.dynamicAllocation.shuffleTracking.enabled=true",
            "spark.dynamicAllocation.shuffleTracking.timeout=1s",
            "spark.dynamicAllocation.minExecutors=0",
            "spark.dynamicAllocation.maxExecutors=2",
            "spark.dynamicAllocation.executorIdleTimeout=1s",
            "spark.scheduler.minRegisteredResourcesRatio=0");
    try (Submission job = predict("allocated", Fault.STANDING_STILL, settings)) {
      Path process = marks("allocated").resolve(TrapFileSystem.PROCESS);
      Await.until("a task stands still", () -> Files.exists(process) || !job.isRunning());
      Await.until(
          "the other executor has gone",
          () -> !log.events("ExecutorRemoved").isEmpty() || !job.isRunning());
      Files.createFile(marks("allocated").resolve(TrapFileSystem.GO_ON));
      assertThat(job.exitCodeWithin(PATIENCE_MINUTES)).as(job.err()).isZero();
    }

    assertThat(log.events("ExecutorAdded")).hasSizeGreaterThan(1);
    assertThat(log.events("ExecutorRemoved"))
        .isNotEmpty()
        .extracting(event -> event.get("Removed Reason").getAsString())
        .anySatisfy(reason -> assertThat(reason).contains("killed by driver"));
    assertUndisturbed("allocated");
  }

  private static void assertUndisturbed(String name) throws IOException {
    List<String> predictions = place.predictions(name);
    assertThat(predictions).hasSize(IMAGES).isEqualTo(place.predictions("undisturbed"));
    assertThat(place.output(name).resolve(".work")).doesNotExist();
    assertThat(imagesOfClassifiers(place.record(name))).isEqualTo(IMAGES);
  }

  /** Work that Spark threw away is not told. */
  private static int imagesOfClassifiers(JsonObject run) {
    int images = 0;
    for (var classifier : run.getAsJsonArray("classifiers")) {
      images += classifier.getAsJsonObject().get("images").getAsInt();
    }
    return images;
  }

  private static String failure(JsonObject taskEnd) {
    JsonObject reason = taskEnd.getAsJsonObject("Task End Reason");
    return reason.get("Reason").getAsString().equals("Success") ? "" : reason.toString();
  }

  private static Submission predict(String name, Fault fault, List<String> more) throws Exception {
    return submit(place.readingThrough(TrapFileSystem.SCHEME), name, fault, more);
  }

  private static Submission submit(Place at, String name, Fault fault, List<String> more)
      throws Exception {
    List<String> arguments =
        Place.settings(
            "spark.scheduler.minRegisteredResourcesRatio=1.0",
            "spark.scheduler.maxRegisteredResourcesWaitingTime=120s",
            "spark.cores.max=2",
            "spark.executor.cores=1",
            "spark.executor.memory=1g",
            Place.unpackedLibraries(),
            Place.unpackedOpenCv());
    arguments.addAll(TrapFileSystem.settings(fault, marks(name)));
    arguments.addAll(more);
    return at.submit(name, "predict.sh", cluster.url(), arguments.toArray(String[]::new));
  }

  private static Path marks(String name) {
    return folder.resolve(name + "-marks");
  }

  private static Path copyOfUndisturbed(String name) throws IOException {
    Path source = place.output("undisturbed");
    Path copy = place.output(name);
    for (String file : files(source)) {
      Files.createDirectories(copy.resolve(file).getParent());
      Files.copy(source.resolve(file), copy.resolve(file));
    }
    return copy;
  }

  /** Names of all files under a folder, in order. */
  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
