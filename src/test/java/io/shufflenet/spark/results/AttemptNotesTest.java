package io.shufflenet.spark.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AttemptNotesTest {
  private final Exception failure = new IllegalStateException("Job aborted");

  @TempDir private Path folder;
  private AttemptNotes notes;

  @BeforeEach
  void open() throws IOException {
    notes =
        AttemptNotes.in(
            new org.apache.hadoop.fs.Path(folder.resolve("alone/7").toString()),
            new Configuration());
  }

  @Test
  void theFirstAttemptFindsNone() throws IOException {
    assertThat(notes.begin(11)).isEmpty();
  }

  @Test
  void anAttemptFindsUnderWhichImagesThoseBeforeItDied() throws IOException {
    List<String> unused = notes.begin(11);
    notes.write(11, "a");
    notes.write(11, "b");
    unused = notes.begin(12);
    notes.write(12, "b");
    unused = notes.begin(13);
    notes.write(13, "a");
    notes.write(13, "");

    assertThat(notes.begin(14)).containsExactlyInAnyOrder("b", "b", "");
    assertThat(notes.read()).containsExactlyInAnyOrder("b", "b", "", "");
  }

  @Test
  void itIsTriedAgainWhileDeathsTellMoreAboutImages() throws IOException {
    AttemptNotes.requireProgress(List.of(), List.of("", "a"), failure);
    AttemptNotes.requireProgress(List.of("", "a"), List.of("", "a", "a", "", "b"), failure);
  }

  @Test
  void theFirstAttemptNeedNotTell() throws IOException {
    AttemptNotes.requireProgress(List.of(), List.of(""), failure);

    assertThatThrownBy(() -> AttemptNotes.requireProgress(List.of(""), List.of("", ""), failure))
        .hasMessageContaining("they die before one is under way");
  }

  @Test
  void deathsBeforeAnyImageAreNotBlamedOnImages() {
    for (List<String> now : List.of(List.<String>of(), List.of("", ""))) {
      assertThatThrownBy(() -> AttemptNotes.requireProgress(List.of(), now, failure))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(
              "Cannot find an image that kills executors: they die before one is under way.")
          .hasMessageContaining("spark.executor.memoryOverhead")
          .hasCause(failure);
    }
  }

  @Test
  void tooManyDeathsAreHardlyTheImages() throws IOException {
    List<String> most = new ArrayList<>(Collections.nCopies(20, "a"));
    AttemptNotes.requireProgress(List.of(), most, failure);
    most.add("k");

    assertThatThrownBy(() -> AttemptNotes.requireProgress(List.of(), most, failure))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot blame images: executors died 21 times");
  }
}
