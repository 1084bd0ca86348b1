package io.shufflenet.spark.storage;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.s3.model.Bucket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An S3 server on this machine alone, S3Proxy in a JVM of its own. It keeps its objects in memory,
 * and wants requests signed.
 */
public final class S3Server implements AutoCloseable {
  /** With a slash, as keys of AWS have them. */
  public static final String SECRET_KEY = "pa55/word+of+the+server";

  public static final String ACCESS_KEY = "AKIATESTTESTTEST";

  private static final Path JARS = Path.of("s3proxy").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final int port;

  private S3Server(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param home a new folder
   */
  public static S3Server start(Path home) throws IOException, InterruptedException {
    int port = freePort();
    Path settings = Files.createDirectories(home).resolve("s3proxy.properties");
    Files.write(
        settings,
        List.of(
            "s3proxy.endpoint=http://127.0.0.1:" + port,
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + ACCESS_KEY,
            "s3proxy.credential=" + SECRET_KEY,
            "jclouds.provider=transient",
            "jclouds.identity=none",
            "jclouds.credential=none"));
    Path said = home.resolve("said.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + home,
                "-cp",
                JARS + "/*",
                "org.gaul.s3proxy.Main",
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    S3Server server = new S3Server(process, port);
    server.awaitStart(said);
    return server;
  }

  /** A port of this machine that nobody listens at. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart(Path said) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!answers()) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
        close();
        throw new AssertionError("S3Proxy did not start: " + Files.readString(said));
      }
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  public void createBucket(String name) {
    AmazonS3 client =
        AmazonS3ClientBuilder.standard()
            .withEndpointConfiguration(new EndpointConfiguration(endpoint(), "us-east-1"))
            .withCredentials(
                new AWSStaticCredentialsProvider(new BasicAWSCredentials(ACCESS_KEY, SECRET_KEY)))
            .withPathStyleAccessEnabled(true)
            .build();
    try {
      Bucket unused = client.createBucket(name);
    } finally {
      client.shutdown();
    }
  }

  public int port() {
    return port;
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    Process unused = process.destroyForcibly().onExit().join();
  }
}
