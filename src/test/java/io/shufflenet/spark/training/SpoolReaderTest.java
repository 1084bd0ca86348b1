package io.shufflenet.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolReaderTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file = Files.write(folder.resolve("data"), new byte[] {0, 1, 2, 3, 4, 5});
  }

  @Test
  void readsAnyPart() throws IOException {
    try (SpoolReader reader = new SpoolReader(file)) {
      assertThat(reader.read(4, 2)).containsExactly(4, 5);
      assertThat(reader.read(1, 3)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void readsBeyondTwoGigabytes() throws IOException {
    long far = 3_000_000_000L;
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.seek(far);
      sparse.write(7);
    }

    try (SpoolReader reader = new SpoolReader(file)) {
      assertThat(reader.read(far - 1, 2)).containsExactly(0, 7);
    }
  }

  @Test
  void readsOnAfterAnInterruptedReading() throws IOException {
    try (SpoolReader reader = new SpoolReader(file)) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(ClosedByInterruptException.class)
          .isThrownBy(() -> reader.read(0, 1));
      assertThat(Thread.interrupted()).isTrue();

      assertThat(reader.read(0, 1)).containsExactly(0);
    }
  }

  @Test
  void saysWhenTheFileBecameShorter() throws IOException {
    try (SpoolReader reader = new SpoolReader(file)) {
      assertThatIOException()
          .isThrownBy(() -> reader.read(5, 2))
          .withMessage("Cannot read %s: it became shorter", file);
    }
  }

  @Test
  void doesNotReadOnceClosed() throws IOException {
    SpoolReader reader = new SpoolReader(file);
    reader.close();

    assertThatIOException()
        .isThrownBy(() -> reader.read(0, 1))
        .withMessage("Cannot read %s: the spool is closed", file);
  }
}
