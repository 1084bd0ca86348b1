package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An image set that somebody made to break the job; one image in twenty is broken, each otherwise.
 */
final class HostileCorpusIT {
  private static final int GOOD_FOR_EACH_BROKEN = 19;

  /** As many as the golden checkpoint has classes, in the order of their code points. */
  private static final List<String> CLASSES =
      List.of(
          " --output=x; rm -rf $HOME `id`",
          "\"quoted', {x} [y] * ? \\",
          "%20 %s %n 100%",
          "+cmd|' calc'!A0",
          "--model",
          "<script>alert(1)<",
          "=HYPERLINK(\"http:evil\",\"click\")",
          "esc\u001b[2J\u001b[31mred\u0007",
          "line\nbreak\r\tand tab",
          "turned\u202egnp.exe \u00fc \ud83d\ude00");

  private static final List<String> ODD_NAMES =
      List.of(
          "-rf.jpg",
          "--set.jpg",
          "new\nline.jpg",
          "esc\u001b[31m.jpg",
          "quote'\"`$(id).jpg",
          "percent%2e%2e%00.jpg",
          "a..jpg",
          "%2e%2e%2f..%2fetc%2fpasswd",
          "C:\\autoexec.bat",
          "file:x.jpg",
          "s3a:x.jpg",
          " ",
          "{a,b}[c]*?.jpg",
          "=1+1.jpg",
          "<img src=x onerror=alert(1)>",
          "part-00000.csv.jpg",
          "x".repeat(251) + ".jpg");

  @TempDir private Path folder;
  private Workplace work;
  private Path corpus;
  private Map<String, String> broken;
  private int good;

  @BeforeEach
  void arrange() throws IOException, InterruptedException {
    work = new Workplace(folder);
    corpus = Files.createDirectory(folder.resolve("corpus"));
    for (String name : CLASSES) {
      Files.createDirectory(corpus.resolve(name));
    }
    broken = breakImages();
    leaveWhatIsNoImage();
    good = GOOD_FOR_EACH_BROKEN * broken.size();
    for (int i = 0; i < good; i++) {
      String name = i < ODD_NAMES.size() ? ODD_NAMES.get(i) : "good-" + i + ".jpg";
      Files.copy(golden("j_420.jpg"), classFolder(i).resolve(name));
    }
  }

  private static Path golden(String name) {
    return GoldenFiles.IMAGES.resolve(name);
  }

  private Path classFolder(int number) {
    return corpus.resolve(CLASSES.get(number % CLASSES.size()));
  }

  /** Stage and kind of the error by the name of the file. */
  private Map<String, String> breakImages() throws IOException, InterruptedException {
    Map<String, String> kinds = new TreeMap<>();
    kinds.put(copy("t_empty.jpg"), "decode empty");
    kinds.put(copy("t_trunc50.jpg"), "decode truncated");
    kinds.put(copy("t_trunc50.png"), "decode truncated");
    kinds.put(copy("t_html.jpg"), "decode not-an-image");
    kinds.put(copy("t_zeros.jpg"), "decode not-an-image");
    kinds.put(copy("b_65500sq.jpg"), "decode too-large");
    kinds.put(copy("b_50000.png"), "decode too-large");
    kinds.put(
        write("text.jpg", "no image\n".getBytes(StandardCharsets.UTF_8)), "decode not-an-image");
    byte[] jpeg = Files.readAllBytes(golden("j_420.jpg"));
    kinds.put(write("cut\nafter\u001bheader.jpg", head(jpeg, 100)), "decode truncated");
    jpeg[0] = 0;
    kinds.put(write("wrong magic.jpg", jpeg), "decode not-an-image");
    kinds.put(
        write("photo.heic", "\0\0\0\u0018ftypheic\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1)),
        "decode unsupported-format");
    kinds.put(link("dangling.jpg", "nothing"), "read not-found");
    kinds.put(link("itself.jpg", "itself.jpg"), "read not-found");
    kinds.put(undecodable(), "read not-found");
    return kinds;
  }

  private static byte[] head(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  private String copy(String name) throws IOException {
    return write(name, Files.readAllBytes(golden(name)));
  }

  private String write(String name, byte[] content) throws IOException {
    return Files.write(classFolder(3).resolve(name), content).getFileName().toString();
  }

  private String link(String name, String target) throws IOException {
    Files.createSymbolicLink(classFolder(4).resolve(name), Path.of(target));
    return name;
  }

  /** A name that is not UTF-8. */
  private String undecodable() throws IOException, InterruptedException {
    shell("printf x > \"$1/$(printf 'caf\\351').jpg\"");
    return "caf\ufffd.jpg";
  }

  /** Folders that are called as images, a pipe that nobody writes into, hidden files. */
  private void leaveWhatIsNoImage() throws IOException, InterruptedException {
    Files.createDirectory(classFolder(0).resolve("folder.jpg"));
    Files.write(classFolder(0).resolve("..hidden.jpg"), new byte[0]);
    shell("mkfifo \"$1/pipe.jpg\"");
  }

  private void shell(String script) throws IOException, InterruptedException {
    List<String> command = List.of("sh", "-c", script, "sh", classFolder(1).toString());
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void everyImageIsOneRowAndEveryBrokenOneTellsWhy() throws IOException {
    Said said =
        work.run("evaluate", "--input", corpus.toString(), "--set", "max-failure-rate=0.05");

    assertThat(said.exitCode()).as(said.err()).isZero();
    List<Row> rows = work.predictions().collectAsList();
    assertThat(rows).hasSize(good + broken.size());
    assertThat(rows.stream().map(row -> row.<String>getAs("relative_path")).distinct())
        .hasSize(good + broken.size());
    assertThat(errors(rows)).isEqualTo(broken);
    assertThat(names(work.read("classes").sort("index"))).isEqualTo(CLASSES);
    assertThat(names(work.read("report/per_class").sort("index"))).isEqualTo(CLASSES);
    assertThat(namesInReport()).isEqualTo(CLASSES);
    assertThat(said.out().lines().flatMapToInt(String::codePoints))
        .noneMatch(point -> Character.isISOControl(point) || point == 0x202e);
  }

  private static Map<String, String> errors(List<Row> rows) {
    Map<String, String> errors = new TreeMap<>();
    for (Row row : rows) {
      Row error = row.getAs("error");
      if (error != null) {
        String path = row.getAs("relative_path");
        errors.put(
            path.substring(path.lastIndexOf('/') + 1),
            error.getAs("stage") + " " + error.getAs("kind"));
      }
    }
    return errors;
  }

  private static List<String> names(Dataset<Row> table) {
    return table.collectAsList().stream().map(row -> row.<String>getAs("name")).toList();
  }

  private List<String> namesInReport() throws IOException {
    JsonObject report =
        JsonParser.parseString(Files.readString(work.output().resolve("report/report.json")))
            .getAsJsonObject();
    List<String> names = new ArrayList<>();
    for (JsonElement one : report.getAsJsonArray("per_class")) {
      names.add(one.getAsJsonObject().get("name").getAsString());
    }
    return names;
  }

  @Test
  void moreBrokenImagesThanAllowedEndWithExitCode4AndAllResults() {
    Said said = work.run("predict", "--input", corpus.toString());

    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.out()).contains("more than max-failure-rate = 0.01 allows");
    assertThat(work.predictions().count()).isEqualTo(good + broken.size());
    assertThat(work.output().resolve("run.json")).exists();
  }

  @Test
  void aManifestOfHostilePathsFailsRowByRow() throws IOException, InterruptedException {
    Files.copy(golden("j_420.jpg"), corpus.resolve("new\nline \u001b[31m.jpg"));
    Files.copy(golden("j_420.jpg"), folder.resolve("beside.jpg"));
    Map<String, String> kinds = new TreeMap<>();
    kinds.put("new\nline \u001b[31m.jpg", "predicted");
    kinds.put("../beside.jpg", "predicted");
    kinds.put("../../../../../../../../../../../../etc/passwd", "decode not-an-image");
    kinds.put(CLASSES.get(1) + "/pipe.jpg", "read not-a-file");
    kinds.put("/dev/zero", "read not-a-file");
    kinds.put(CLASSES.get(1), "read not-a-file");
    kinds.put("nul\0.jpg", "read bad-path");
    kinds.put("x".repeat(300), "read not-found");
    kinds.put("d/".repeat(2100) + "x.jpg", "read not-found");
    kinds.put("javascript:alert(1)", "read not-found");
    kinds.put("data:image/png;base64,AAAA", "read not-found");
    kinds.put("nowhere://x/y.jpg", "read bad-path");
    kinds.put("abfs://bucket/x.jpg", "read bad-path");
    kinds.put("jar:file:/x.jar!/y.jpg", "read not-found");
    kinds.put("file://elsewhere/x.jpg", "read bad-path");
    kinds.put("s3a://[/x", "read bad-path");
    Path manifest = corpus.resolve("manifest.json");
    Files.write(manifest, kinds.keySet().stream().map(HostileCorpusIT::line).toList());

    Said said =
        work.run(
            "predict",
            "--input",
            manifest.toString(),
            "--set",
            "input.keep=given",
            "--set",
            "max-failure-rate=1");

    assertThat(said.exitCode()).as(said.err()).isZero();
    List<Row> rows = work.predictions().collectAsList();
    assertThat(rows).hasSize(kinds.size());
    Map<String, String> found = new TreeMap<>();
    for (Row row : rows) {
      Row error = row.getAs("error");
      found.put(
          row.getAs("given"),
          error == null ? "predicted" : error.getAs("stage") + " " + error.getAs("kind"));
    }
    assertThat(found).containsExactlyInAnyOrderEntriesOf(kinds);
  }

  private static String line(String path) {
    JsonObject row = new JsonObject();
    row.addProperty("path", path);
    row.addProperty("given", path);
    return row.toString();
  }
}
