package io.shufflenet.spark.training;

import static io.shufflenet.spark.training.SmallTraining.LAST_CHECKPOINT;
import static io.shufflenet.spark.training.SmallTraining.MODEL;
import static io.shufflenet.spark.training.SmallTraining.RATE;
import static io.shufflenet.spark.training.SmallTraining.SEED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs that must end as another did, bit for bit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrainerResumeIT {
  @TempDir private static Path folder;
  private SmallTraining runs;
  private Path reference;
  private TrainingResult result;

  /** As if the machine had failed. */
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class CrashAtIteration extends Heard {
    private final long iteration;

    CrashAtIteration(long iteration) {
      this.iteration = iteration;
    }

    @Override
    public void trained(Metrics soFar) {
      if (soFar.iteration() == iteration) {
        throw new Crash();
      }
    }
  }

  private static final class CrashInAveraging extends Heard {
    @Override
    public void recomputing(long image, long images) {
      throw new Crash();
    }
  }

  private static final class CrashInLastValidation extends Heard {
    @Override
    public void validating(long image, long images) {
      if (!recomputing.isEmpty()) {
        throw new Crash();
      }
    }
  }

  @BeforeAll
  void train() throws IOException {
    runs = new SmallTraining(folder);
    reference = folder.resolve("reference");
    result = runs.train(reference, runs.plan(SEED), new Heard());
  }

  @AfterAll
  void close() throws IOException {
    runs.close();
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    Path output = folder.resolve("same seed");

    TrainingResult same = runs.train(output, runs.plan(SEED), new Heard());

    requireReference(output, same);
  }

  @Test
  void anotherSeedGivesAnotherModel() throws IOException {
    Path output = folder.resolve("another seed");

    runs.train(output, runs.plan(SEED + 1), new Heard());

    assertThat(output.resolve(MODEL)).exists();
    assertThat(Files.mismatch(output.resolve(MODEL), reference.resolve(MODEL))).isNotEqualTo(-1);
  }

  @Test
  void withoutAValidationSetNothingIsValidated() throws IOException {
    Path output = folder.resolve("no validation");
    Heard listener = new Heard();

    TrainingResult none = runs.train(output, runs.plan(SEED, RATE, Optional.empty()), listener);

    assertThat(none).isEqualTo(new TrainingResult(Optional.empty(), Optional.empty()));
    assertThat(listener.validating).isEmpty();
    assertThat(output.resolve(MODEL)).hasSameBinaryContentAs(reference.resolve(MODEL));
  }

  @Test
  void aRunThatCrashedBeforeAndAfterACheckpointEndsAsIfItHadNot() throws IOException {
    Path output = folder.resolve("two crashes");
    crash(output, new CrashAtIteration(3));
    assertThat(SmallTraining.folder(output).iteration()).isZero();
    crash(output, new CrashAtIteration(7));
    assertThat(SmallTraining.folder(output).iteration()).isEqualTo(4);

    TrainingResult resumed = runs.train(output, runs.plan(SEED), new Heard());

    requireReference(output, resumed);
  }

  @Test
  void aRunThatCrashedWhileAveragingEndsAsIfItHadNot() throws IOException {
    Path output = folder.resolve("crash in averaging");
    crash(output, new CrashInAveraging());
    assertThat(output.resolve(MODEL)).doesNotExist();
    Heard after = new Heard();

    TrainingResult resumed = runs.train(output, runs.plan(SEED), after);

    requireReference(output, resumed);
    assertThat(after.trained).isEmpty();
  }

  @Test
  void aRunThatCrashedInTheLastValidationEndsAsIfItHadNot() throws IOException {
    Path output = folder.resolve("crash in validation");
    crash(output, new CrashInLastValidation());
    assertThat(output.resolve(MODEL)).exists();

    TrainingResult resumed = runs.train(output, runs.plan(SEED), new Heard());

    requireReference(output, resumed);
  }

  private void crash(Path output, TrainingListener listener) {
    assertThatExceptionOfType(Crash.class)
        .isThrownBy(() -> runs.train(output, runs.plan(SEED), listener));
  }

  private void requireReference(Path output, TrainingResult actual) throws IOException {
    assertThat(output.resolve(MODEL)).hasSameBinaryContentAs(reference.resolve(MODEL));
    assertThat(output.resolve(LAST_CHECKPOINT))
        .hasSameBinaryContentAs(reference.resolve(LAST_CHECKPOINT));
    assertThat(actual).isEqualTo(result);
    assertThat(runs.metrics(output).drop("images_per_second").collectAsList())
        .isEqualTo(runs.metrics(reference).drop("images_per_second").collectAsList());
  }

  @Test
  void noThreadDecodesOnAfterACrash() throws InterruptedException {
    crash(folder.resolve("threads"), new CrashAtIteration(1));

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("decoding")) {
        thread.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }
}
