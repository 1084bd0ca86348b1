package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class ImageReaderIT {
  private static final byte[] BYTES = {1, 2, 3, 4};

  @TempDir private Path folder;
  private final ImageReader reader = new ImageReader(FlakyFileSystem.configuration(), BYTES.length);

  @Test
  void readsAWholeFile() throws IOException {
    assertThat(reader.read(file("whole.jpg"))).isEqualTo(BYTES);
  }

  @Test
  void readsAFileWithAColonInItsName() throws IOException {
    assertThat(reader.read("file:" + file("12:30 noon.jpg"))).isEqualTo(BYTES);
  }

  @Test
  void readsAnEmptyFile() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.jpg"));

    assertThat(reader.read(empty.toString())).isEmpty();
  }

  @Test
  void triesAgainWhatMayPass() throws IOException {
    AtomicInteger retries = new AtomicInteger();
    ImageReader counting =
        new ImageReader(FlakyFileSystem.configuration(), BYTES.length, retries::incrementAndGet);

    assertThat(counting.read(flaky("twice-slow.jpg"))).isEqualTo(BYTES);
    assertThat(FlakyFileSystem.OPENED).hasValue(3);
    assertThat(retries).hasValue(2);
  }

  @Test
  void givesUpOnWhatDoesNotPass() throws IOException {
    String path = flaky("always-slow.jpg");

    assertThatThrownBy(() -> reader.read(path))
        .isNotInstanceOf(UnreadableImageException.class)
        .hasMessage("Cannot read " + path + " after 4 attempts")
        .hasRootCauseMessage("timed out by the test");
  }

  @Test
  void doesNotWaitAgainWhereWaitingTookLong() throws IOException {
    String path = flaky("always-slow.jpg");
    ImageReader impatient =
        new ImageReader(FlakyFileSystem.configuration(), BYTES.length, () -> {}, Duration.ZERO);

    assertThatThrownBy(() -> impatient.read(path))
        .isNotInstanceOf(UnreadableImageException.class)
        .hasMessage("Cannot read " + path + " after 1 attempt");
    assertThat(FlakyFileSystem.OPENED).hasValue(1);
  }

  @Test
  void deniedAccessIsNotTriedAgainAndNotAnErrorRow() throws IOException {
    String path = flaky("denied-secret.jpg");

    assertThatThrownBy(() -> reader.read(path))
        .isNotInstanceOf(UnreadableImageException.class)
        .hasMessage("Cannot read " + path + ": access denied");
    assertThat(FlakyFileSystem.OPENED).hasValue(1);
  }

  @Test
  void aFileThatIsGoneIsAnErrorRow() {
    assertThat(failure(folder.resolve("gone.jpg").toString())).isEqualTo("not-found");
  }

  @Test
  void aFileThatIsTooLongIsAnErrorRow() throws IOException {
    Path file = Files.write(folder.resolve("long.jpg"), new byte[BYTES.length + 1]);

    assertThat(failure(file.toString())).isEqualTo("too-large");
  }

  @Test
  void aFolderIsAnErrorRow() {
    assertThat(failure(folder.toString())).isEqualTo("not-a-file");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPipeOrDeviceIsAnErrorRowAndIsNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe.jpg");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path link = Files.createSymbolicLink(folder.resolve("link.jpg"), pipe);

    assertThat(failure(pipe.toString())).isEqualTo("not-a-file");
    assertThat(failure("file:" + link)).isEqualTo("not-a-file");
    assertThat(failure("/dev/zero")).isEqualTo("not-a-file");
  }

  @Test
  void whatAWebServerDoesNotHaveIsAnErrorRow() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/there.jpg",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, BYTES.length);
            exchange.getResponseBody().write(BYTES);
          }
        });
    server.start();
    try {
      String root = "http://127.0.0.1:" + server.getAddress().getPort();

      assertThat(reader.read(root + "/there.jpg")).isEqualTo(BYTES);
      assertThat(failure(root + "/gone.jpg")).isEqualTo("not-found");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatIsNoPathIsAnErrorRow() {
    assertThat(failure("")).isEqualTo("bad-path");
    assertThat(failure("nowhere://bucket/image.jpg")).isEqualTo("bad-path");
    assertThat(failure("file://elsewhere/image.jpg")).isEqualTo("bad-path");
    assertThat(failure("/nul\0.jpg")).isEqualTo("bad-path");
  }

  @Test
  void aFileSystemThatIsNotInstalledIsAnErrorRow() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.absent.impl", "com.example.AbsentFileSystem");
    ImageReader without = new ImageReader(hadoop, 1);

    assertThat(
            catchThrowableOfType(
                UnreadableImageException.class, () -> without.read("absent://bucket/image.jpg")))
        .hasMessageContaining("com.example.AbsentFileSystem")
        .returns("bad-path", UnreadableImageException::kind);
  }

  @Test
  void aRowWithoutAPathIsAnErrorRow() {
    assertThat(failure(null)).isEqualTo("no-content");
  }

  private String failure(String path) {
    return catchThrowableOfType(UnreadableImageException.class, () -> reader.read(path)).kind();
  }

  private String file(String name) throws IOException {
    return Files.write(folder.resolve(name), BYTES).toString();
  }

  private String flaky(String name) throws IOException {
    return "flaky://" + file(name);
  }
}
