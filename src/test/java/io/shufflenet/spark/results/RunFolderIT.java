package io.shufflenet.spark.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RunFolderIT {
  private static final JsonObject COURSE = new JsonObject();

  private final Configuration hadoop = new Configuration();
  @TempDir private Path parent;

  @ParameterizedTest
  @EnumSource(OutputMode.class)
  void namingAFolderCreatesNothing(OutputMode mode) throws IOException {
    RunFolder unused = open("run-1", mode);

    assertThat(parent.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(OutputMode.class)
  void filesThatAreNoResultAreRefusedInEveryMode(OutputMode mode) throws IOException {
    Path out = Files.createDirectory(parent.resolve("out"));
    Files.createFile(out.resolve("precious.txt"));

    assertThatThrownBy(() -> open("run-1", mode))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("output.path")
        .hasMessageContaining("already holds files");
  }

  @Test
  void theResultOfAnotherCommandIsRefused() throws IOException {
    Path out = Files.createDirectory(parent.resolve("out"));
    Files.writeString(out.resolve("run.json"), "{\"command\": \"train\"}");

    assertThatThrownBy(() -> open("run-1", OutputMode.OVERWRITE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it holds the result of train");
  }

  @Test
  void aDamagedRecordIsRefused() throws IOException {
    Path out = Files.createDirectory(parent.resolve("out"));
    Files.writeString(out.resolve("run.json"), "{\"command\": ");

    assertThatThrownBy(() -> open("run-1", OutputMode.RESUME))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("run.json is damaged");
  }

  @Test
  void takesAnEmptyFolder() throws IOException {
    Files.createDirectory(parent.resolve("out"));

    assertThat(open("run-1", OutputMode.ERROR).output().getName()).isEqualTo("out");
  }

  @ParameterizedTest
  @EnumSource(OutputMode.class)
  void refusesAFile(OutputMode mode) throws IOException {
    Files.createFile(parent.resolve("out"));

    assertThatThrownBy(() -> open("run-1", mode))
        .hasMessageContaining("it is a file, not a folder");
  }

  @Test
  void aResultIsRefusedWithTheModesThatTakeIt() throws IOException {
    Results.publishOld(hadoop, parent.resolve("out"));

    assertThatThrownBy(() -> open("run-2", OutputMode.ERROR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--mode overwrite replaces it, --mode resume predicts only");
  }

  @Test
  void aResultWhosePredictionsWereDeletedIsReplacedButNotResumed() throws IOException {
    Path out = parent.resolve("out");
    Results.publishOld(hadoop, out);
    for (String file : List.of("predictions/1", "predictions/2", "predictions")) {
      Files.delete(out.resolve(file));
    }

    assertThatThrownBy(() -> open("run-2", OutputMode.RESUME))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the folder predictions was deleted there")
        .hasMessageContaining("--mode overwrite predicts all images again");
    Results.publishNew(Results.buildNew(hadoop, out));
    assertThat(Results.visible(out)).containsEntry("predictions/3", "new");
  }

  @ParameterizedTest
  @EnumSource(names = "RESUME", mode = EnumSource.Mode.EXCLUDE)
  void anUnfinishedRunIsRefusedWithTheModeThatTakesIt(OutputMode mode) throws IOException {
    open("run-1", OutputMode.ERROR).begin(COURSE);

    assertThatThrownBy(() -> open("run-2", mode))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another run is at work there")
        .hasMessageContaining("--mode resume goes on with it");
  }

  @Test
  void aRunThatIsResumedWhileItIsAliveGoesNoFurther() throws IOException {
    RunFolder first = open("run-1", OutputMode.ERROR);
    first.begin(COURSE);
    RunFolder second = open("run-2", OutputMode.RESUME);
    second.begin(COURSE);

    assertThatThrownBy(() -> first.publish(Results.record("predict", "first")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another run has taken")
        .hasMessageContaining("over (--mode resume)");
    first.abandon();
    second.publish(Results.record("predict", "second"));

    assertThat(parent.resolve("out/run.json")).content().contains("second");
  }

  @Test
  void aSecondRunThatBeginsMeanwhileIsRefused() throws IOException {
    RunFolder first = open("run-1", OutputMode.ERROR);
    RunFolder second = open("run-2", OutputMode.ERROR);
    first.begin(COURSE);

    assertThatThrownBy(() -> second.begin(COURSE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another run has begun there");
    first.publish(Results.record("predict", "first"));

    assertThat(parent.resolve("out/run.json")).content().contains("first");
  }

  @Test
  void aRunThatPublishedMeanwhileIsNotReplaced() throws IOException {
    RunFolder first = open("run-1", OutputMode.ERROR);
    first.begin(COURSE);
    Files.createDirectory(parent.resolve("out/predictions"));

    assertThatThrownBy(() -> first.publish(Results.record("predict", "first")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another run has published there");
  }

  @Test
  void whatDecidedTheRowsOfAnUnfinishedRunIsTold() throws IOException {
    JsonObject course = new JsonObject();
    course.addProperty("inference.top-k", 5);
    open("run-1", OutputMode.ERROR).begin(course);

    assertThat(open("run-2", OutputMode.RESUME).courses()).containsExactly(course);
  }

  @Test
  void anOverwriteThatIsResumedKeepsNothingOfTheResult() throws IOException {
    Results.publishOld(hadoop, parent.resolve("out"));
    open("run-2", OutputMode.OVERWRITE).begin(COURSE);

    assertThat(open("run-3", OutputMode.RESUME).earlier()).isEmpty();
  }

  @Test
  void aResultThatDoesNotTellWhatDecidedItsRowsCannotBeResumed() throws IOException {
    Path out = parent.resolve("out");
    Files.createDirectories(out.resolve("predictions"));
    Files.writeString(out.resolve("run.json"), "{\"command\": \"predict\"}");
    RunFolder folder = open("run-1", OutputMode.RESUME);

    assertThatThrownBy(folder::courses)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--mode overwrite replaces them");
  }

  @Test
  void publishingLeavesTheResultAlone() throws IOException {
    RunFolder folder = open("run-1", OutputMode.ERROR);
    folder.begin(COURSE);
    folder.writeText("manifest/1", "größe");
    folder.writeText("classes/1", "größe");
    folder.publish(Results.record("predict", "now"));

    assertThat(Results.visible(parent.resolve("out"))).containsOnlyKeys("classes/1", "run.json");
    assertThat(parent.resolve("out/classes/1")).hasContent("größe");
    assertThat(parent.resolve("out/.work")).doesNotExist();
  }

  @Test
  void aFileOfTheUsersOwnStaysWhereItIsWhenAResultIsReplaced() throws IOException {
    Path out = parent.resolve("out");
    Results.publishOld(hadoop, out);
    Files.writeString(out.resolve("notes.txt"), "mine");
    Results.publishNew(Results.buildNew(hadoop, out));

    assertThat(out.resolve("notes.txt")).hasContent("mine");
    assertThat(out.resolve("report")).doesNotExist();
  }

  @Test
  void abandoningLeavesNothing() throws IOException {
    RunFolder folder = open("run-1", OutputMode.ERROR);
    folder.begin(COURSE);

    folder.abandon();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void abandoningLeavesTheOldResult() throws IOException {
    Path out = parent.resolve("out");
    Results.publishOld(hadoop, out);
    var before = Results.visible(out);
    RunFolder folder = Results.buildNew(hadoop, out);

    folder.abandon();

    assertThat(Results.visible(out)).isEqualTo(before);
    assertThat(out.resolve(".work")).doesNotExist();
  }

  @Test
  void whatARunThatCanBeResumedHasStagedStays() throws IOException {
    RunFolder folder = open("run-1", OutputMode.RESUME);
    folder.begin(COURSE);
    folder.writeText("batches/1/0.done", "");

    folder.abandon();

    assertThat(parent.resolve("out/.work/run-1/batches/1/0.done")).exists();
  }

  @Test
  void whatIsAllThereStaysInAnyMode() throws IOException {
    RunFolder folder = open("run-1", OutputMode.ERROR);
    folder.begin(COURSE);
    folder.writeText("batches/1/0.done", "");
    folder.keep();

    folder.abandon();

    assertThat(parent.resolve("out/.work/run-1/batches/1/0.done")).exists();
    assertThat(open("run-2", OutputMode.RESUME).courses()).containsExactly(COURSE);
  }

  private RunFolder open(String runId, OutputMode mode) throws IOException {
    return Results.open(hadoop, parent.resolve("out"), runId, mode);
  }
}
