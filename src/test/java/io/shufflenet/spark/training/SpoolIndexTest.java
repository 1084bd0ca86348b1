package io.shufflenet.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.training.SpoolStatistics.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolIndexTest {
  private static final SpoolImages IMAGES =
      new SpoolImages(new long[] {1L << 40, 0}, new int[] {3, 5}, new int[] {9, 8}, "ab12");
  private static final SpoolStatistics STATISTICS =
      new SpoolStatistics(
          2, 1L << 33, List.of(new Failures("empty", 7, List.of("\u00e4: nothing", "b: nothing"))));

  @TempDir private Path folder;
  private SpoolFiles files;

  @BeforeEach
  void writeIndex() throws IOException {
    files = new SpoolFiles(folder);
    files.write(new SpoolIndex("\u5199\u771f", 1L << 41, IMAGES, STATISTICS));
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    SpoolIndex index = SpoolIndex.read(files.index()).orElseThrow();

    assertThat(index)
        .usingRecursiveComparison()
        .isEqualTo(new SpoolIndex("\u5199\u771f", 1L << 41, IMAGES, STATISTICS));
  }

  @Test
  void leavesNoOtherFile() {
    assertThat(folder.toFile().list()).containsExactly("spool.index");
  }

  @Test
  void aChangedIndexIsNone() throws IOException {
    byte[] bytes = Files.readAllBytes(files.index());
    bytes[bytes.length / 2] ^= 1;
    Files.write(files.index(), bytes);

    assertThat(SpoolIndex.read(files.index())).isEmpty();
  }

  @Test
  void aTruncatedIndexIsNone() throws IOException {
    byte[] bytes = Files.readAllBytes(files.index());
    for (int length : new int[] {0, 7, 15, 16, bytes.length - 1}) {
      Files.write(files.index(), Arrays.copyOf(bytes, length));

      assertThat(SpoolIndex.read(files.index())).as("%s bytes", length).isEmpty();
    }
  }

  @Test
  void aMissingIndexIsNone() throws IOException {
    assertThat(SpoolIndex.read(folder.resolve("other"))).isEmpty();
  }
}
