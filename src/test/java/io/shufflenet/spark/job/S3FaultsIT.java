package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.job.Workplace.Said;
import io.shufflenet.spark.storage.Fault;
import io.shufflenet.spark.storage.FaultyServer;
import io.shufflenet.spark.storage.FaultyServer.Request;
import io.shufflenet.spark.storage.RemoteFolder;
import io.shufflenet.spark.storage.S3Server;
import io.shufflenet.spark.storage.SparkSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a run when the S3 server does not do as it should. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class S3FaultsIT {
  private static final Fault SLOW_DOWN = new Fault.Refusal(503, "SlowDown");
  private static final Fault DENIED = new Fault.Refusal(403, "AccessDenied");
  private static final Fault MISSING = new Fault.Refusal(404, "NoSuchKey");
  private static final List<String> IMAGES =
      List.of("j_411", "j_420", "j_422", "j_exif6", "j_gray", "j_prog", "j_rgb", "j_rst");
  private static final String ROOT = "s3a://shaky";

  /** Requests for an object's status that one attempt makes: the SDK tries twice, S3A twice. */
  private static final int REQUESTS_OF_AN_ATTEMPT = 4;

  private static final int ATTEMPTS = 4;

  @TempDir private static Path folder;
  private static S3Server server;
  private static FaultyServer front;
  private static SparkSettings settings;
  private static RemoteFolder remote;
  private static List<String> undisturbed;

  @TempDir private Path results;

  @BeforeAll
  static void arrange() throws Exception {
    server = S3Server.start(folder.resolve("server"));
    for (String bucket : List.of("shaky", "strange", "anonymous")) {
      server.createBucket(bucket);
    }
    front = FaultyServer.before(server.port());
    settings = new SparkSettings(settings());
    remote =
        new RemoteFolder(
            FileSystem.get(URI.create(ROOT), SparkSettings.hadoop()),
            new org.apache.hadoop.fs.Path(ROOT, "/"));
    for (String name : IMAGES) {
      remote.put(
          "images/class-0/%s.jpg".formatted(name), GoldenFiles.IMAGES.resolve(name + ".jpg"));
    }
    Path output = folder.resolve("undisturbed");
    assertThat(predict(output).exitCode()).isZero();
    undisturbed = rows(output);
  }

  /** Buckets whose own settings are wrong, and little patience. */
  private static Map<String, String> settings() throws IOException {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "endpoint",
                front.endpoint(),
                "path.style.access",
                "true",
                "access.key",
                S3Server.ACCESS_KEY,
                "secret.key",
                S3Server.SECRET_KEY,
                "buffer.dir",
                folder.resolve("buffer").toString()));
    settings.putAll(
        Map.of(
            "attempts.maximum", "1",
            "connection.timeout", "1000",
            "retry.limit", "1",
            "retry.interval", "10ms",
            "retry.throttle.limit", "1",
            "retry.throttle.interval", "10ms"));
    settings.putAll(
        Map.of(
            "bucket.strange.secret.key", "of-somebody-else",
            "bucket.anonymous.aws.credentials.provider",
                "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider",
            "bucket.refusing.endpoint", "http://127.0.0.1:" + S3Server.freePort()));
    Map<String, String> ofSpark = new HashMap<>();
    settings.forEach((key, value) -> ofSpark.put("spark.hadoop.fs.s3a." + key, value));
    return ofSpark;
  }

  @AfterAll
  static void end() throws Exception {
    settings.close();
    front.close();
    server.close();
  }

  @BeforeEach
  @AfterEach
  void calm() {
    front.forget();
  }

  @Test
  void whatPassesLeavesNoTrace() {
    front.strike(object("j_411.jpg"), 6, SLOW_DOWN);
    front.strike(object("j_420.jpg"), 2, new Fault.Silence());
    front.strike(content("j_422.jpg"), 3, new Fault.Cut(5000));
    front.strike(content("j_gray.jpg"), 1, new Fault.Stall(5000));
    front.strike(content("j_prog.jpg"), 2, new Fault.Cut(0));
    front.strike(content("j_rgb.jpg"), 2, new Fault.Refusal(500, "InternalError"));
    front.strike(S3FaultsIT::isListing, 2, SLOW_DOWN);

    Said said = predict(results.resolve("out"));

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(rows(results.resolve("out"))).isEqualTo(undisturbed);
    assertThat(front.count(content("j_422.jpg"))).isGreaterThan(3);
  }

  @Test
  void anObjectThatIsGoneSinceItWasListedIsAnErrorRow() {
    front.strikeAlways(object("j_rst.jpg"), MISSING);

    Said said = predict(results.resolve("out"), "--set", "max-failure-rate=1");

    assertThat(said.exitCode()).as(said.err()).isZero();
    List<Row> failed =
        read(results.resolve("out"))
            .filter("error is not null")
            .select("relative_path", "error.stage", "error.kind")
            .collectAsList();
    assertThat(failed).hasSize(1);
    assertThat(failed.get(0).mkString(" ")).isEqualTo("class-0/j_rst.jpg read not-found");
  }

  @Test
  void throttlingThatOutlastsATaskIsLeftToSparkWhichTriesTheTaskAgain() {
    front.strike(object("j_420.jpg"), ATTEMPTS * REQUESTS_OF_AN_ATTEMPT, SLOW_DOWN);

    try (SparkSettings retrying = new SparkSettings(Map.of("spark.master", "local[2,2]"))) {
      Said said = predict(results.resolve("out"));

      assertThat(said.exitCode()).as(said.err()).isZero();
      assertThat(rows(results.resolve("out"))).isEqualTo(undisturbed);
      assertThat(retrying).isNotNull();
    }
    assertThat(front.count(object("j_420.jpg"))).isGreaterThan(ATTEMPTS * REQUESTS_OF_AN_ATTEMPT);
  }

  @Test
  void throttlingWithoutEndFailsTheJob() {
    front.strikeAlways(object("j_420.jpg"), SLOW_DOWN);

    Said said = predict(results.resolve("out"));

    assertFailed(said, "Cannot read " + ROOT + "/images/class-0/j_420.jpg after 4 attempts");
    assertThat(said.err()).contains("503");
    assertThat(front.count(object("j_420.jpg"))).isEqualTo(ATTEMPTS * REQUESTS_OF_AN_ATTEMPT);
  }

  @Test
  void anObjectThatIsDeniedFailsTheJobAndIsAskedForOnce() {
    front.strikeAlways(object("j_420.jpg"), DENIED);

    Said said = predict(results.resolve("out"));

    assertFailed(said, "Cannot read " + ROOT + "/images/class-0/j_420.jpg: access denied");
    assertThat(front.count(object("j_420.jpg"))).isOne();
  }

  @Test
  void aBucketThatMayNotBeListedIsToldWithItsKey() {
    front.strikeAlways(S3FaultsIT::isListing, DENIED);

    Said said = predict(results.resolve("out"));

    assertFailed(said, "Cannot read input.path = " + ROOT + "/images: ");
    assertThat(said.err()).contains("403");
  }

  /** Whatever a user names, and whatever is wrong with where it lies. */
  @ParameterizedTest
  @CsvSource({
    "strange,   Status Code: 403",
    "anonymous, credentials",
    "absent,    bucket",
    "refusing,  Connection refused",
    "mute,      Read timed out"
  })
  void aServerThatRefusesOrDoesNotAnswerIsToldWithWhatWasNamed(String bucket, String reason) {
    front.strikeAlways(request -> request.path().startsWith("/mute"), new Fault.Silence());
    String there = "s3a://" + bucket + "/there";
    String output = results.resolve("out").toString();
    String model = GoldenFiles.CHECKPOINT.toString();

    assertTold(said(there, model, output), "Cannot read input.path = " + there + ": ", reason);
    assertTold(
        said(remote.name("images"), there, output),
        "Cannot read model.path = " + there + ": ",
        reason);
    assertTold(
        said(remote.name("images"), model, there), "Cannot write to " + there + ": ", reason);
  }

  private void assertTold(Said said, String what, String reason) {
    assertFailed(said, what);
    assertThat(said.err()).startsWith("Error: " + what).containsIgnoringCase(reason);
    assertThat(said.err().lines().count()).isLessThan(8);
  }

  /** A copy on the server fails, as a rename is there: first of predictions, then of the record. */
  @Test
  void aPublishingThatFailsAndFailsAgainIsCompletedByTheNextRun() throws IOException {
    assertThat(publish("--limit", "3").exitCode()).isZero();
    front.strike(request -> isCopyTo("predictions/part-", request), 1, DENIED);
    front.strike(request -> isCopyTo("run.json", request), 1, DENIED);

    Said halfMoved = publish("--mode", "overwrite");
    boolean record = remote.exists("published/run.json");
    Said unmarked = publish("--mode", "resume");
    boolean recordAfterwards = remote.exists("published/run.json");
    Said completed = publish("--mode", "resume");

    assertThat(List.of(halfMoved.exitCode(), unmarked.exitCode())).containsOnly(Main.FAILED);
    assertThat(List.of(record, recordAfterwards)).containsOnly(false);
    assertThat(completed.exitCode()).as(completed.err()).isZero();
    assertThat(completed.out()).contains("Kept 8 predictions of earlier runs, made 0");
    assertThat(rows(remote.name("published"))).isEqualTo(undisturbed);
    assertThat(remote.exists("published/.work")).isFalse();
  }

  private static boolean isCopyTo(String name, Request request) {
    return request.method().equals("PUT") && request.path().startsWith("/shaky/published/" + name);
  }

  private static Said publish(String... options) {
    return said(
        remote.name("images"),
        GoldenFiles.CHECKPOINT.toString(),
        remote.name("published"),
        options);
  }

  private void assertFailed(Said said, String reason) {
    assertThat(said.exitCode()).isEqualTo(Main.FAILED);
    assertThat(said.err()).contains(reason).doesNotContain(S3Server.SECRET_KEY);
    assertThat(results.resolve("out")).doesNotExist();
  }

  private static Predicate<Request> object(String name) {
    return request -> request.path().endsWith("/class-0/" + name);
  }

  private static Predicate<Request> content(String name) {
    return object(name).and(request -> request.method().equals("GET"));
  }

  private static boolean isListing(Request request) {
    return request.query().contains("prefix=images");
  }

  private static Said predict(Path output, String... options) {
    return said(
        remote.name("images"), GoldenFiles.CHECKPOINT.toString(), output.toString(), options);
  }

  private static Said said(String input, String model, String output, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "predict",
                "--input",
                input,
                "--model",
                model,
                "--output",
                output,
                "--set",
                "image.input-size=32"));
    arguments.addAll(List.of(options));
    return Workplace.say(arguments.toArray(String[]::new));
  }

  private static Dataset<Row> read(Path output) {
    return LocalSpark.session().read().parquet(output.resolve("predictions").toString());
  }

  private static List<String> rows(Path output) {
    return rows(output.toString());
  }

  private static List<String> rows(String output) {
    return LocalSpark.session().read().parquet(output + "/predictions").collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }
}
