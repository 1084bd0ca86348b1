package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.TarFile;
import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tar files as a job's input, beyond what EquivalentInputsIT and PackIT hold of them. */
final class TarFilesIT {
  @TempDir private Path folder;
  private Workplace work;
  private Path tars;

  @BeforeEach
  void arrange() throws IOException {
    work = new Workplace(folder);
    tars = work.tarFiles(1);
  }

  @Test
  void onlyTheImagesOfANewFileArePredictedWhenAnotherIsAdded() throws IOException {
    assertDone(run("evaluate", "--mode", "resume"));
    List<Row> first = rows();
    Path image = Workplace.goldenImages().get(0);
    try (TarFile tar = TarFile.create(tars.resolve("1.tar"))) {
      tar.add("new.jpg", Files.readAllBytes(image)).add("new.cls", "3");
    }

    Said resumed = run("evaluate", "--mode", "resume");

    assertDone(resumed);
    assertThat(resumed.out())
        .contains("Kept %d predictions of earlier runs, made 1".formatted(first.size()));
    assertThat(rows()).hasSize(first.size() + 1).containsAll(first);
  }

  @Test
  void whatHoldsNoBytesIsARowWithTheReason() throws IOException {
    Path odd = folder.resolve("odd.tar");
    try (TarFile tar = TarFile.create(odd)) {
      tar.add("empty.jpg", "").add("large.jpg", new byte[10_001]);
      tar.add("link.jpg", TarConstants.LF_SYMLINK, "../../etc/hostname");
      tar.add("../../etc/hostname.jpg", TarConstants.LF_LINK, "large.jpg");
    }

    assertDone(run("predict", "--input", odd.toString(), "--set", "image.max-bytes=10000"));

    assertThat(
            work.predictions()
                .selectExpr("relative_path", "length", "error.stage", "error.kind")
                .sort("relative_path")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[odd.tar/../../etc/hostname.jpg,null,read,no-content]",
            "[odd.tar/empty.jpg,0,decode,empty]",
            "[odd.tar/large.jpg,10001,read,too-large]",
            "[odd.tar/link.jpg,null,read,no-content]");
  }

  @Test
  void aTarFileThatIsCutOffFailsTheRunAndIsNamed() throws IOException {
    Path tar = tars.resolve("0.tar");
    byte[] whole = Files.readAllBytes(tar);
    Files.write(tar, Arrays.copyOf(whole, whole.length / 2));

    Said said = run("predict");

    assertThat(said.exitCode()).isEqualTo(Main.FAILED);
    assertThat(said.err()).contains("Cannot read shard file:" + tar + " at byte ");
    assertThat(work.output()).doesNotExist();
  }

  private Said run(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--set", "max-failure-rate=1"));
    arguments.addAll(List.of(options));
    if (!arguments.contains("--input")) {
      arguments.addAll(List.of("--input", tars.toString()));
    }
    return work.run(command, arguments.toArray(String[]::new));
  }

  private static void assertDone(Said said) {
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  private List<Row> rows() {
    return work.predictions().collectAsList();
  }
}
