package io.shufflenet.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SpoolEntriesTest {
  private static final SpoolKey FIRST = new SpoolKey(1, -1);
  private static final SpoolKey SECOND = new SpoolKey(2, 5);
  private static final SpoolKey LAST = new SpoolKey(-1, 0);

  private final SpoolEntries entries = new SpoolEntries();

  @Test
  void sortsByKeyAsBytesAndThenByLabel() {
    entries.add(LAST, 0, 0, 10);
    entries.add(SECOND, 1, 10, 20);
    entries.add(FIRST, 7, 30, 30);
    entries.add(SECOND, 0, 60, 40);

    SpoolImages sorted = entries.sorted();

    assertThat(sorted.labels()).containsExactly(7, 0, 1, 0);
    assertThat(sorted.offsets()).containsExactly(30, 60, 10, 0);
    assertThat(sorted.lengths()).containsExactly(30, 40, 20, 10);
  }

  @Test
  void growsAsNeeded() {
    IntStream.range(0, 5000).forEach(i -> entries.add(new SpoolKey(0, i), i, 100L * i, 100));

    SpoolImages sorted = entries.sorted();

    assertThat(sorted.labels()).isEqualTo(IntStream.range(0, 5000).toArray());
  }

  @Test
  void theFingerprintIsTheHashOfSortedKeysAndLabels() {
    entries.add(SECOND, 1, 0, 1);
    entries.add(FIRST, 0, 1, 1);

    assertThat(entries.sorted().fingerprint())
        .isEqualTo("1b17ca860c1a84c1cf3ab657d89cf6fc866caf0f3bf7cea0ee0df8849277408c");
  }

  @Test
  void keysAreHalfOfAHashOfNameAndBytes() {
    assertThat(SpoolKey.of("a/1.jpg", new byte[] {1, 2}))
        .isEqualTo(new SpoolKey(0x22604e155f04eb53L, 0x1ecef3c64bfbd385L));
  }
}
