package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a result that stands in the output folder. */
final class OutputModesIT {
  @TempDir private Path folder;
  private Workplace work;

  @BeforeEach
  void arrange() throws IOException {
    work = new Workplace(folder);
  }

  @Test
  void aGrownSetIsPredictedAsIfItWereNew() throws IOException {
    int images = Workplace.IMAGES;
    evaluate("--mode", "resume");
    assertCounts(record(), "resume", 0, images);
    List<Path> files = files(work.images());
    Files.copy(files.get(0), work.images().resolve("class-3/added.jpg"));
    Files.delete(files.get(1));
    Files.write(files.get(2), Files.readAllBytes(files.get(4)));
    Files.setLastModifiedTime(files.get(3), FileTime.fromMillis(1_000_000_000_000L));

    Said said = evaluate("--mode", "resume");
    Path anew = folder.resolve("anew");
    evaluate("--output", anew.toString());

    assertCounts(record(), "resume", images - 3, 3);
    assertThat(said.out())
        .contains("Kept %d predictions of earlier runs, made 3".formatted(images - 3));
    assertThat(rows("predictions")).isEqualTo(rows("../anew/predictions"));
    assertThat(rows("report/summary")).isEqualTo(rows("../anew/report/summary"));
    assertThat(work.output().resolve(".work")).doesNotExist();
  }

  @Test
  void whereNothingIsNewNothingIsPredicted() throws IOException {
    evaluate();
    List<String> before = rows("predictions");

    Said said = evaluate("--mode", "resume");

    assertCounts(record(), "resume", Workplace.IMAGES, 0);
    assertThat(said.out())
        .contains("Kept %d predictions of earlier runs, made 0".formatted(Workplace.IMAGES));
    assertThat(rows("predictions")).isEqualTo(before);
    assertThat(record().getAsJsonObject("provenance").get("precision").getAsString())
        .isIn("onednn fp32", "portable fp32");
  }

  @Test
  void failuresAreTriedAgainWhereThatIsAsked() throws IOException {
    evaluate();
    int failed = record().get("failed").getAsInt();
    assertThat(failed).isPositive();

    evaluate("--mode", "resume", "--retry-errors");

    assertCounts(record(), "resume", Workplace.IMAGES - failed, failed);
    assertThat(record().get("failed").getAsInt()).isEqualTo(failed);
    assertThat(work.predictions().count()).isEqualTo(Workplace.IMAGES);
  }

  @Test
  void aRunThatWouldMakeOtherRowsIsRefusedAndNothingIsTouched() throws IOException {
    evaluate();
    Map<String, String> before = tree(work.output());
    Path names =
        Files.writeString(
            folder.resolve("names.txt"),
            "class-0\nclass-1\nclass-2\nclass-3\nclass-4\nclass-5\nclass-6\nclass-7\nclass-8\nx\n");
    String half = GoldenFiles.path("shufflenetv1-0.5x-g3-10c.half.pth.tar").toString();

    assertRefused(
        "inference.top-k is 3, and was 5 in the earlier run", "--set", "inference.top-k=3");
    assertRefused("model.input_size is 64, and was 32", "--set", "image.input-size=64");
    assertRefused("output.scores is true, and was false", "--set", "output.scores=true");
    assertRefused(
        "output.embedding is \"pooled\", and was \"none\"", "--set", "output.embedding=pooled");
    assertRefused(
        "class_names.9 is \"x\", and was \"class-9\"", "--set", "model.class-names=" + names);
    assertRefused("model_sha256 is \"", "--model", half);

    assertThat(tree(work.output())).isEqualTo(before);
  }

  /** By predict, which takes labels that are no classes. */
  private void assertRefused(String reason, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("--mode", "resume", "--set", "image.input-size=32"));
    arguments.addAll(List.of(options));
    Said said = work.run("predict", arguments.toArray(String[]::new));
    assertThat(said.exitCode()).as(said.err()).isEqualTo(2);
    assertThat(said.err()).contains("Cannot resume: " + reason);
  }

  @Test
  void imagesOfOneNameAreRefusedWithTheName() throws IOException {
    Path image = files(work.images()).get(0);
    Path manifest =
        Files.writeString(
            folder.resolve("list.csv"),
            "path,relative_path\n%s,a.jpg\n%s,a.jpg\n".formatted(image, image));

    Said said = work.run("predict", "--input", manifest.toString(), "--mode", "resume");

    assertThat(said.exitCode()).as(said.err()).isEqualTo(2);
    assertThat(said.err())
        .contains("Cannot use --mode resume: 2 images have the relative path a.jpg");
    assertThat(work.output()).doesNotExist();
  }

  @Test
  void aResultIsReplacedWhereThatIsAsked() throws IOException {
    evaluate();

    Said refused = run(List.of());
    Said said =
        work.run("predict", "--mode", "overwrite", "--limit", "12", "--set", "image.input-size=32");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("it already holds a result. --mode overwrite replaces it");
    assertThat(said.exitCode()).as(said.err()).isIn(0, Main.TOO_MANY_FAILURES);
    assertThat(work.predictions().count()).isEqualTo(12);
    assertThat(work.output().resolve("report")).doesNotExist();
    assertCounts(record(), "overwrite", 0, 12);
  }

  private Said evaluate(String... options) {
    Said said = run(List.of(options));
    assertThat(said.exitCode()).as(said.err()).isZero();
    return said;
  }

  private Said run(List<String> options) {
    List<String> arguments =
        new ArrayList<>(List.of("--set", "max-failure-rate=1", "--set", "image.input-size=32"));
    arguments.addAll(options);
    return work.run("evaluate", arguments.toArray(String[]::new));
  }

  private JsonObject record() throws IOException {
    return JsonParser.parseString(Files.readString(work.output().resolve("run.json")))
        .getAsJsonObject();
  }

  private static void assertCounts(JsonObject record, String mode, int kept, int predicted) {
    assertThat(record.get("mode").getAsString()).isEqualTo(mode);
    assertThat(record.get("kept").getAsInt()).isEqualTo(kept);
    assertThat(record.get("predicted").getAsInt()).isEqualTo(predicted);
    assertThat(record.get("images").getAsInt()).isEqualTo(kept + predicted);
  }

  private List<String> rows(String table) {
    return LocalSpark.session()
        .read()
        .parquet(work.output().resolve(table).toString())
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Name and time of every file. */
  private static Map<String, String> tree(Path root) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    for (Path file : files(root)) {
      tree.put(root.relativize(file).toString(), Files.getLastModifiedTime(file).toString());
    }
    return tree;
  }
}
