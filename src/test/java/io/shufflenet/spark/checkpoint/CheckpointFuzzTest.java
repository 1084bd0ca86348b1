package io.shufflenet.spark.checkpoint;

import static io.shufflenet.spark.checkpoint.TestFiles.floats;
import static io.shufflenet.spark.checkpoint.TestFiles.legacy;
import static io.shufflenet.spark.checkpoint.TestFiles.pickle;
import static io.shufflenet.spark.checkpoint.TestFiles.raw;
import static io.shufflenet.spark.checkpoint.TestFiles.view;
import static io.shufflenet.spark.checkpoint.TestFiles.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Whatever happens to a file's bytes: it is read, or refused with a message. Seeded, so repeatable.
 */
class CheckpointFuzzTest {
  static final List<String> GOLDEN = GoldenFiles.ALL;

  private static final long SEED = 20_180_704;
  private static final int RUNS = 50;
  private static final int PICKLE_RUNS = 5_000;
  private static final int TAIL = 4096;

  @ParameterizedTest
  @FieldSource("GOLDEN")
  void readsOrRefusesFilesThatAreCutOff(String name) {
    byte[] file = GoldenFiles.bytes(name);
    Random random = new Random(SEED);

    for (int run = 0; run < RUNS; run++) {
      readOrRefuse(Arrays.copyOf(file, random.nextInt(file.length)));
    }
  }

  @ParameterizedTest
  @FieldSource("GOLDEN")
  void readsOrRefusesFilesWithDamageAtBothEnds(String name) {
    byte[] file = GoldenFiles.bytes(name);
    Random random = new Random(SEED);

    for (int run = 0; run < RUNS; run++) {
      readOrRefuse(damaged(file, random, 0, TAIL));
      readOrRefuse(damaged(file, random, file.length - TAIL, file.length));
    }
  }

  @Test
  void readsOrRefusesDamagedPickles() {
    byte[] pickle = pickle(CheckpointFuzzTest::smallCheckpoint);
    Random random = new Random(SEED);

    for (int run = 0; run < PICKLE_RUNS; run++) {
      byte[] damaged = damaged(pickle, random, 0, pickle.length);
      readOrRefuse(zip(damaged, floats(0, 1, 2, 3, 4, 5)));
      readOrRefuse(legacy(damaged, 6, floats(0, 1, 2, 3, 4, 5)));
    }
  }

  @Test
  void readsOrRefusesASectionOfDamagedPickles() {
    byte[] pickle = pickle(CheckpointFuzzTest::smallCheckpoint);
    Random random = new Random(SEED);

    for (int run = 0; run < PICKLE_RUNS; run++) {
      byte[] damaged = damaged(pickle, random, 0, pickle.length);
      readSectionOrRefuse(zip(damaged, floats(0, 1, 2, 3, 4, 5)));
    }
  }

  private static void readOrRefuse(byte[] file) {
    try {
      assertThat(Checkpoint.read(file, "damaged").tensors()).isNotEmpty();
    } catch (CheckpointException e) {
      assertThat(e).hasMessageStartingWith("Cannot read checkpoint damaged: ");
    }
  }

  private static void readSectionOrRefuse(byte[] file) {
    try {
      assertThat(Checkpoint.section(file, "damaged", "state_dict")).isNotNull();
    } catch (CheckpointException e) {
      assertThat(e).hasMessageStartingWith("Cannot read checkpoint damaged: ");
    }
  }

  /**
   * Some bytes between {@code from} and {@code to} changed: a bit, a whole byte, or four of them.
   */
  private static byte[] damaged(byte[] file, Random random, int from, int to) {
    byte[] damaged = file.clone();
    int changes = 1 + random.nextInt(4);
    for (int change = 0; change < changes; change++) {
      int at = from + random.nextInt(to - from);
      switch (random.nextInt(3)) {
        case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        case 1 -> damaged[at] = (byte) random.nextInt();
        default -> Arrays.fill(damaged, at, Math.min(at + 4, to), (byte) random.nextInt());
      }
    }
    return damaged;
  }

  private static void smallCheckpoint(PickleWriter pickle) {
    raw(Opcode.EMPTY_DICT, Opcode.BINPUT, 0).accept(pickle);
    pickle.text("epoch");
    raw(Opcode.EMPTY_LIST, Opcode.BINGET, 0, Opcode.APPEND, Opcode.SETITEM).accept(pickle);
    pickle.text("state_dict");
    pickle.orderedDict();
    raw(Opcode.MARK).accept(pickle);
    pickle.text("module.weight");
    view(6, 0, new long[] {2, 3}, new long[] {3, 1}).accept(pickle);
    pickle.text("module.bias");
    view(6, 1, new long[] {3, 2}, new long[] {1, 1}).accept(pickle);
    raw(Opcode.SETITEMS, Opcode.EMPTY_DICT, Opcode.BUILD, Opcode.SETITEM).accept(pickle);
  }
}
