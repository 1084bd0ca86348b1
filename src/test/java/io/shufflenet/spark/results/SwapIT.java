package io.shufflenet.spark.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.shufflenet.spark.results.KilledFileSystem.Killed;
import io.shufflenet.spark.results.KilledFileSystem.Renaming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A result is replaced, and the process killed after each change of the file system in turn. */
final class SwapIT {
  @TempDir private Path parent;
  private int folders;

  @AfterEach
  void revive() {
    KilledFileSystem.live();
  }

  @ParameterizedTest
  @EnumSource(Renaming.class)
  void wheneverItIsKilledTheNextStartFindsTheOldResultOrTheNewOne(Renaming renaming)
      throws IOException {
    Configuration hadoop = KilledFileSystem.configuration(renaming);
    Map<String, String> old = undisturbed(hadoop, false);
    Map<String, String> fresh = undisturbed(hadoop, true);
    List<Map<String, String>> found = new ArrayList<>();

    for (int changes = 0; ; changes++) {
      Path output = newFolder();
      if (!replaceUntilKilled(hadoop, output, changes)) {
        break;
      }
      startAgain(hadoop, output);
      found.add(Results.visible(output));
      assertThat(found.get(changes)).as("after %d changes", changes).isIn(old, fresh);
      assertThat(Files.exists(output.resolve(".work/new")))
          .as("unfinished after %d changes", changes)
          .isEqualTo(found.get(changes).equals(old));
    }

    assertThat(found).hasSizeGreaterThan(20).contains(old, fresh);
    assertThat(found.subList(found.indexOf(fresh), found.size())).containsOnly(fresh);
  }

  @ParameterizedTest
  @CsvSource({"AT_ONCE, 4", "BY_COPYING, 5", "BY_COPYING, 7"})
  void startsThatAreKilledAgainAndAgainGetThereInTheEnd(Renaming renaming, int changesEach)
      throws IOException {
    Configuration hadoop = KilledFileSystem.configuration(renaming);
    Map<String, String> fresh = undisturbed(hadoop, true);
    Path output = newFolder();
    assertThat(replaceUntilKilled(hadoop, output, 5)).isTrue();

    int deaths = 0;
    while (startAgainUntilKilled(hadoop, output, changesEach)) {
      deaths++;
      assertThat(deaths).isLessThan(100);
    }

    assertThat(deaths).isGreaterThan(3);
    assertThat(Results.visible(output)).isEqualTo(fresh);
  }

  @Test
  void aDamagedJournalIsNamedAndNothingIsMoved() throws IOException {
    Configuration hadoop = KilledFileSystem.configuration(Renaming.AT_ONCE);
    Path output = newFolder();
    Results.publishOld(hadoop, output);
    Map<String, String> old = Results.visible(output);
    Files.createDirectory(output.resolve(".work"));
    Files.writeString(output.resolve(".work/moving-away.json"), "{\"run\": ");

    assertThatThrownBy(() -> Results.open(hadoop, output, "next", OutputMode.OVERWRITE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("moving-away.json is damaged");
    assertThat(Results.visible(output)).isEqualTo(old);
  }

  private Path newFolder() {
    return parent.resolve("out-" + folders++);
  }

  private Map<String, String> undisturbed(Configuration hadoop, boolean replaced)
      throws IOException {
    Path output = newFolder();
    Results.publishOld(hadoop, output);
    if (replaced) {
      Results.publishNew(Results.buildNew(hadoop, output));
    }
    return Results.visible(output);
  }

  /** Whether it was killed before it had replaced the result. */
  private static boolean replaceUntilKilled(Configuration hadoop, Path output, int changes)
      throws IOException {
    KilledFileSystem.live();
    Results.publishOld(hadoop, output);
    RunFolder folder = Results.buildNew(hadoop, output);
    KilledFileSystem.dieAfter(changes, new Killed());
    try {
      Results.publishNew(folder);
      return false;
    } catch (Killed e) {
      return true;
    } finally {
      KilledFileSystem.live();
    }
  }

  private static boolean startAgainUntilKilled(Configuration hadoop, Path output, int changes)
      throws IOException {
    KilledFileSystem.dieAfter(changes, new Killed());
    try {
      startAgain(hadoop, output);
      return false;
    } catch (Killed e) {
      return true;
    } finally {
      KilledFileSystem.live();
    }
  }

  /** In the mode that refuses both an unfinished run and a result. */
  private static void startAgain(Configuration hadoop, Path output) throws IOException {
    try {
      RunFolder unused = Results.open(hadoop, output, "next", OutputMode.ERROR);
      fail("nothing was refused");
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("--mode resume");
    }
  }
}
