package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.job.Workplace.Said;
import io.shufflenet.spark.storage.HdfsServer;
import io.shufflenet.spark.storage.RemoteFolder;
import io.shufflenet.spark.storage.S3Server;
import io.shufflenet.spark.storage.SparkSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;

/** On HDFS. */
final class HdfsIT extends RemoteJobContract {
  private HdfsServer server;
  private SparkSettings settings;
  private RemoteFolder remote;

  @Override
  RemoteFolder start() throws Exception {
    server = HdfsServer.start(folder.resolve("server"));
    settings =
        new SparkSettings(
            Map.of(
                "spark.hadoop.dfs.client.retry.window.base", "10",
                "spark.hadoop.dfs.client.max.block.acquire.failures", "1",
                "spark.hadoop.ipc.client.connect.max.retries", "1"));
    FileSystem fileSystem = FileSystem.get(URI.create(server.uri()), SparkSettings.hadoop());
    remote = new RemoteFolder(fileSystem, new Path(server.uri() + "/data/of mine"));
    return remote;
  }

  @Override
  void stop() {
    settings.close();
    server.close();
  }

  @Override
  List<String> secrets() {
    return List.of();
  }

  @Override
  List<String> namesOfItsOwn() {
    return List.of("{a,b}*?[c]\\d.jpg");
  }

  @Test
  void theFileInConfServes() throws Exception {
    String text = Files.readString(conf("spark-local.conf")) + Files.readString(conf("hdfs.conf"));

    assertServes(with(text, "spark.hadoop.fs.defaultFS", server.uri()), "with hdfs.conf");
  }

  @Test
  void aFileThatMayNotBeReadFailsTheJob() throws IOException {
    remote.put("guarded/class-0/mine.jpg", GoldenFiles.IMAGES.resolve("j_420.jpg"));
    String guarded = remote.name("guarded/class-0/guarded.jpg");
    remote.put("guarded/class-0/guarded.jpg", GoldenFiles.IMAGES.resolve("j_420.jpg"));
    remote.fileSystem().setPermission(new Path(guarded), new FsPermission("000"));

    Said said = predict("guarded", remote.name("results/guarded"));

    assertThat(said.exitCode()).isEqualTo(Main.FAILED);
    assertThat(said.err()).contains("Cannot read " + guarded + ": access denied");
    assertThat(remote.exists("results/guarded")).isFalse();
  }

  @Test
  void aFolderThatMayNotBeListedIsToldWithItsKey() throws IOException {
    remote.put("closed/class-0/mine.jpg", GoldenFiles.IMAGES.resolve("j_420.jpg"));
    remote
        .fileSystem()
        .setPermission(new Path(remote.name("closed/class-0")), new FsPermission("000"));

    Said said = predict("closed", remote.name("results/closed"));

    assertThat(said.exitCode()).isEqualTo(Main.FAILED);
    assertThat(said.err())
        .contains("Cannot list folder " + remote.name("closed/class-0") + ": Permission denied");
    assertThat(remote.exists("results/closed")).isFalse();
  }

  @Test
  void inSafeModeNothingIsPredicted() throws Exception {
    Said said =
        server.inSafeMode(() -> predict("images of mine", remote.name("results/in safe mode")));

    assertThat(said.exitCode()).isEqualTo(Main.FAILED);
    assertThat(said.err())
        .contains("Cannot write to " + remote.name("results/in safe mode") + ": ")
        .contains("Name node is in safe mode");
    assertThat(remote.exists("results/in safe mode")).isFalse();
  }

  @Test
  void blocksThatNobodyHasFailTheJob() throws Exception {
    String output = folder.resolve("without data node").toString();

    Said said = server.withoutDataNode(() -> predict("images of mine", output));

    assertThat(said.exitCode()).isEqualTo(Main.FAILED);
    assertThat(said.err())
        .contains("Cannot read " + remote.name("images of mine/class"))
        .contains(" after 4 attempts\n  because: Could not obtain block");
    assertThat(folder.resolve("without data node")).doesNotExist();
  }

  @Test
  void aNameNodeThatDoesNotAnswerIsToldWithTheKey() throws IOException {
    String nowhere = "hdfs://127.0.0.1:" + S3Server.freePort();

    Said input = Workplace.say(arguments(nowhere + "/images", folder.resolve("never").toString()));
    Said output = Workplace.say(arguments(remote.name("images of mine"), nowhere + "/out"));

    assertThat(input.exitCode()).isEqualTo(Main.FAILED);
    assertThat(input.err())
        .startsWith("Error: Cannot read input.path = " + nowhere + "/images: ")
        .contains("Connection refused");
    assertThat(output.exitCode()).isEqualTo(Main.FAILED);
    assertThat(output.err())
        .startsWith("Error: Cannot write to " + nowhere + "/out: ")
        .contains("Connection refused");
  }

  private Said predict(String input, String output) {
    return Workplace.say(arguments(remote.name(input), output));
  }

  private static String[] arguments(String input, String output) {
    return new String[] {
      "predict",
      "--input",
      input,
      "--model",
      GoldenFiles.CHECKPOINT.toString(),
      "--output",
      output,
      "--set",
      "image.input-size=32"
    };
  }
}
