package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.job.Workplace.Said;
import io.shufflenet.spark.model.ModelDescription;
import io.shufflenet.spark.storage.RemoteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.deploy.SparkSubmit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job with all that it reads and writes on another file system than this machine's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class RemoteJobContract {
  private static final String ODD_CLASS = "class 3+%41=\u00fc";
  private static final String MODEL = "models/my model+1%20.pth.tar";
  private static final String CLASS_NAMES = "class names.txt";
  private static final List<String> ODD_NAMES =
      List.of(
          "a b.jpg", "a+b.jpg", "a%20b.jpg", "100%.jpg", "k=v&x.jpg", "\u00fcber \ud83d\ude00.jpg");

  @TempDir static Path folder;

  private Workplace work;
  private RemoteFolder remote;
  private List<String> expected;

  /** Starts a server and names a folder on it that is not there yet. */
  abstract RemoteFolder start() throws Exception;

  abstract void stop() throws Exception;

  /** What must not be found in any result or log line. */
  abstract List<String> secrets();

  /** Names of files that this file system allows and others do not. */
  abstract List<String> namesOfItsOwn();

  @BeforeAll
  final void arrange() throws Exception {
    work = new Workplace(folder);
    Path image = GoldenFiles.IMAGES.resolve("j_420.jpg");
    Files.move(work.images().resolve("class-3"), work.images().resolve(ODD_CLASS));
    for (String name : oddNames()) {
      Files.copy(image, work.images().resolve(ODD_CLASS).resolve(name));
    }
    Path model =
        work.describedCheckpoint(new ModelDescription(Preprocessing.MEGVII.atSize(32), List.of()));
    Path names = Files.write(folder.resolve(CLASS_NAMES), classNames());
    Path output = folder.resolve("on local files");
    assertDone(evaluate(work.images().toString(), model.toString(), names.toString(), output));
    expected = rows(output.resolve("predictions").toString());

    remote = start();
    remote.put("images of mine", work.images());
    remote.put(MODEL, model);
    remote.put(MODEL + ".json", Path.of(model + ".json"));
    remote.put(CLASS_NAMES, names);
  }

  private List<String> oddNames() {
    List<String> names = new ArrayList<>(ODD_NAMES);
    names.addAll(namesOfItsOwn());
    return names;
  }

  private static List<String> classNames() {
    return IntStream.range(0, 10).mapToObj(i -> i == 3 ? ODD_CLASS : "class-" + i).toList();
  }

  @AfterAll
  final void end() throws Exception {
    stop();
  }

  @Test
  void theWholeJobGivesWhatItGivesOnLocalFiles() throws IOException {
    Said said = run("evaluate", "images of mine", "results/first run");

    assertDone(said);
    assertThat(said.out()).contains("A file beside the checkpoint was read");
    assertThat(rows(remote.name("results/first run/predictions"))).isEqualTo(expected);
    assertThat(count(remote.name("results/first run/report/summary"))).isOne();
    assertThat(remote.files("results/first run"))
        .contains("run.json", "report/report.json")
        .allMatch(name -> name.matches("run\\.json|(predictions|classes|report)/.*"))
        .noneMatch(name -> name.contains("_temporary"));
    assertThat(remote.exists("results/first run/.work")).isFalse();
    assertTellsNoSecret(
        said.out()
            + said.err()
            + remote.text("results/first run/run.json")
            + remote.text("results/first run/report/report.json"));
  }

  @Test
  void aGrownSetIsResumedAndThenReplaced() throws IOException {
    Path image = GoldenFiles.IMAGES.resolve("j_rgb.jpg");
    for (int i = 0; i < 12; i++) {
      remote.put("growing/class-%d/%d.jpg".formatted(i % 2, i), image);
    }
    assertDone(run("predict", "growing", "results/growing", "--mode", "resume"));
    remote.put("growing/%s/new + 1%%.jpg".formatted(ODD_CLASS), image);
    remote.put("growing/class-1/1.jpg", GoldenFiles.IMAGES.resolve("j_gray.jpg"));

    assertDone(run("predict", "growing", "results/growing", "--mode", "resume"));
    JsonObject resumed = record("results/growing");
    List<String> grown = rows(remote.name("results/growing/predictions"));
    Said replaced =
        run("predict", "growing", "results/growing", "--mode", "overwrite", "--limit", "5");

    assertThat(resumed.get("kept").getAsInt()).isEqualTo(11);
    assertThat(resumed.get("predicted").getAsInt()).isEqualTo(2);
    assertThat(grown).hasSize(13);
    assertDone(replaced);
    assertThat(count(remote.name("results/growing/predictions"))).isEqualTo(5);
    assertThat(remote.exists("results/growing/.work")).isFalse();
    assertThat(record("results/growing").get("mode").getAsString()).isEqualTo("overwrite");
  }

  @Test
  void aSetThatIsPackedThereGivesTheSame() throws IOException {
    Said packed =
        Workplace.say(
            "pack",
            "--input",
            remote.name("images of mine"),
            "--output",
            remote.name("packed"),
            "--set",
            "pack.file-size=1m");
    assertDone(packed);

    assertDone(run("predict", "packed", "results/packed"));

    assertThat(rows(remote.name("results/packed/predictions"))).isEqualTo(expected);
    assertThat(remote.files("packed")).allMatch(name -> name.matches("part-.*|_SUCCESS"));
    assertThat(remote.files("")).noneMatch(name -> name.startsWith(".shufflenet"));
  }

  /**
   * Runs {@code predict} in a process of its own, as jobs/predict.sh does with {@code --
   * --properties-file}.
   *
   * @param properties {@code conf/spark-local.conf} and what a user adds to it
   */
  final void assertServes(String properties, String output) throws Exception {
    Path home = Files.createDirectories(folder.resolve("home of " + output));
    Path file = Files.writeString(home.resolve("spark.conf"), properties);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--properties-file",
                file.toString(),
                "--class",
                Main.class.getName(),
                "--master",
                "local[2]",
                "spark-internal"));
    arguments.addAll(
        arguments(
            "predict",
            remote.name("images of mine"),
            remote.name(MODEL),
            remote.name(CLASS_NAMES),
            remote.name("results/" + output)));
    Process process =
        JobProcess.startShortLived(
            home,
            SparkSubmit.class,
            List.of("-Xmx1g", "-Dlog4j2.configurationFile=" + conf("log4j2.properties")),
            arguments);
    int exitCode = process.waitFor();
    String said = Files.readString(JobProcess.said(home));

    assertThat(exitCode).as(said).isZero();
    assertThat(rows(remote.name("results/" + output + "/predictions"))).isEqualTo(expected);
    assertThat(said).doesNotContain(" WARN ", "Exception");
    assertTellsNoSecret(said + remote.text("results/" + output + "/run.json"));
  }

  /** A file of {@code conf/}. */
  static Path conf(String name) {
    return Path.of(System.getProperty("basedir"), "conf", name);
  }

  /** The text with a value for the key's line, which may be a comment there. */
  static String with(String text, String key, String value) {
    String line = "(?m)^(# )?" + key.replace(".", "\\.") + " .*$";
    assertThat(text).containsPattern(line);
    return text.replaceFirst(line, key + " " + value.replace("\\", "\\\\"));
  }

  private void assertTellsNoSecret(String text) {
    assertThat(secrets()).noneMatch(text::contains);
  }

  private static void assertDone(Said said) {
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  private Said run(String command, String input, String output, String... options) {
    List<String> arguments =
        arguments(
            command,
            remote.name(input),
            remote.name(MODEL),
            remote.name(CLASS_NAMES),
            remote.name(output));
    arguments.addAll(List.of(options));
    return Workplace.say(arguments.toArray(String[]::new));
  }

  private static Said evaluate(String input, String model, String classNames, Path output) {
    return Workplace.say(
        arguments("evaluate", input, model, classNames, output.toString()).toArray(String[]::new));
  }

  private static List<String> arguments(
      String command, String input, String model, String classNames, String output) {
    return new ArrayList<>(
        List.of(
            command,
            "--input",
            input,
            "--model",
            model,
            "--output",
            output,
            "--set",
            "model.class-names=" + classNames,
            "--set",
            "max-failure-rate=1"));
  }

  private JsonObject record(String output) throws IOException {
    return JsonParser.parseString(remote.text(output + "/run.json")).getAsJsonObject();
  }

  private static long count(String table) {
    return LocalSpark.session().read().parquet(table).count();
  }

  /** All that a prediction says, but where and when the image was found. */
  private static List<String> rows(String predictions) {
    Dataset<Row> rows = LocalSpark.session().read().parquet(predictions);
    return rows.drop("path", "version").collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }
}
