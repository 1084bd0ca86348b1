package io.shufflenet.spark.job;

import io.shufflenet.spark.storage.RemoteFolder;
import io.shufflenet.spark.storage.S3Server;
import io.shufflenet.spark.storage.SparkSettings;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** On an S3 server, through Hadoop's S3A. */
final class S3IT extends RemoteJobContract {
  private static final String ROOT = "s3a://photographs";

  private S3Server server;
  private SparkSettings settings;

  @Override
  RemoteFolder start() throws Exception {
    server = S3Server.start(folder.resolve("server"));
    server.createBucket(URI.create(ROOT).getHost());
    settings =
        new SparkSettings(
            Map.of(
                "spark.hadoop.fs.s3a.endpoint",
                server.endpoint(),
                "spark.hadoop.fs.s3a.path.style.access",
                "true",
                "spark.hadoop.fs.s3a.access.key",
                S3Server.ACCESS_KEY,
                "spark.hadoop.fs.s3a.secret.key",
                S3Server.SECRET_KEY,
                "spark.hadoop.fs.s3a.buffer.dir",
                folder.resolve("buffer").toString()));
    FileSystem fileSystem = FileSystem.get(URI.create(ROOT), SparkSettings.hadoop());
    return new RemoteFolder(fileSystem, new Path(ROOT, "of mine"));
  }

  @Override
  void stop() throws Exception {
    settings.close();
    server.close();
  }

  @Override
  List<String> secrets() {
    return List.of(S3Server.SECRET_KEY);
  }

  @Override
  List<String> namesOfItsOwn() {
    return List.of("12:30.jpg");
  }

  @Test
  void theFileInConfServes() throws Exception {
    assertServes(settingsFile(), "with s3.conf");
  }

  private String settingsFile() throws Exception {
    String text = Files.readString(conf("spark-local.conf")) + Files.readString(conf("s3.conf"));
    text = with(text, "spark.hadoop.fs.s3a.endpoint", server.endpoint());
    text = with(text, "spark.hadoop.fs.s3a.path.style.access", "true");
    text = with(text, "spark.hadoop.fs.s3a.access.key", S3Server.ACCESS_KEY);
    text = with(text, "spark.hadoop.fs.s3a.secret.key", S3Server.SECRET_KEY);
    return with(text, "spark.hadoop.fs.s3a.buffer.dir", folder.resolve("buffer").toString());
  }
}
