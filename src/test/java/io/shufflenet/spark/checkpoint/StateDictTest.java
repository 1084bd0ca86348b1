package io.shufflenet.spark.checkpoint;

import static io.shufflenet.spark.checkpoint.TestFiles.dict;
import static io.shufflenet.spark.checkpoint.TestFiles.floats;
import static io.shufflenet.spark.checkpoint.TestFiles.pickle;
import static io.shufflenet.spark.checkpoint.TestFiles.raw;
import static io.shufflenet.spark.checkpoint.TestFiles.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class StateDictTest {
  private static final Tensor WEIGHT = Tensor.ofFloats(new float[] {1, 2}, 2);

  @Test
  void stripsTheNameOfAParallelWrapperWhereItStands() throws IOException {
    byte[] pickle = dict("state_dict", tensors("module.conv.weight", "fc.module.weight"));

    assertThat(read(pickle).tensors()).containsOnlyKeys("conv.weight", "fc.module.weight");
  }

  @Test
  void readsABareStateDict() throws IOException {
    assertThat(read(pickle(tensors("module.fc.weight"))).tensors())
        .containsOnlyKeys("fc.weight")
        .containsValue(WEIGHT);
  }

  @Test
  void readsParametersAsTensors() throws IOException {
    byte[] pickle =
        dict(
            "weight",
            writer -> {
              writer.global("torch._utils", "_rebuild_parameter");
              raw(Opcode.MARK).accept(writer);
              writer.tensor(WEIGHT, "0");
              raw(Opcode.NEWTRUE).accept(writer);
              writer.orderedDict();
              raw(Opcode.TUPLE, Opcode.REDUCE).accept(writer);
            });

    assertThat(read(pickle).tensors()).containsEntry("weight", WEIGHT);
  }

  @Test
  void ignoresWhatIsNoTensor() throws IOException {
    byte[] pickle =
        dict(
            "state_dict",
            writer -> {
              tensors("weight").accept(writer);
              writer.text("_extra_state");
              raw(Opcode.NONE, Opcode.SETITEM).accept(writer);
              writer.integer(7);
              writer.tensor(WEIGHT, "0");
              raw(Opcode.SETITEM).accept(writer);
            });

    assertThat(read(pickle).tensors()).containsOnlyKeys("weight");
  }

  @Test
  void refusesANameThatIsThereWithAndWithoutPrefix() {
    assertThatRefused(pickle(tensors("module.weight", "weight")))
        .hasMessage(
            "Cannot read checkpoint some.pth: it has the tensor weight twice, with and without "
                + "the prefix module.");
  }

  @Test
  void listsTheKeysOfADictionaryWithoutTensors() {
    byte[] pickle =
        dict(
            "epoch",
            writer -> {
              writer.integer(90);
              raw(Opcode.SETITEM).accept(writer);
              writer.text("model");
              tensors("weight").accept(writer);
            });

    assertThatRefused(pickle)
        .hasMessage(
            "Cannot read checkpoint some.pth: it has no tensors at its top or under state_dict; "
                + "its keys are: epoch (number), model (dictionary of 1)");
  }

  @Test
  void listsAFewOfManyKeys() {
    byte[] pickle =
        pickle(
            writer -> {
              writer.instruction(Opcode.EMPTY_DICT);
              for (int key = 0; key < 1000; key++) {
                writer.text("k" + key);
                raw(Opcode.NONE, Opcode.SETITEM).accept(writer);
              }
            });

    assertThatRefused(pickle).hasMessageEndingWith("k10 (None), k11 (None) and 988 more");
  }

  @Test
  void saysThatTheStateDictIsEmpty() {
    assertThatRefused(dict("state_dict", raw(Opcode.EMPTY_DICT)))
        .hasMessage(
            "Cannot read checkpoint some.pth: it has no tensors under state_dict; "
                + "its keys are: none");
  }

  @Test
  void saysThatTheKeysAreNumbers() {
    assertThatRefused(pickle(raw(Opcode.EMPTY_DICT, 'K', 1, Opcode.NONE, Opcode.SETITEM)))
        .hasMessageEndingWith("its keys are: 1 that are no strings");
  }

  @Test
  void refusesALoneTensor() {
    assertThatRefused(pickle(writer -> writer.tensor(WEIGHT, "0")))
        .hasMessage(
            "Cannot read checkpoint some.pth: it holds a tensor, where a dictionary of tensors "
                + "is needed");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertThatRefused(byte[] pickle) {
    return assertThatThrownBy(() -> read(pickle)).isInstanceOf(CheckpointException.class);
  }

  private static Checkpoint read(byte[] pickle) throws CheckpointException {
    return Checkpoint.read(zip(pickle, floats(1, 2)), "some.pth");
  }

  /** A dict of tensors that share a storage. */
  private static Consumer<PickleWriter> tensors(String... names) {
    return pickle -> {
      pickle.instruction(Opcode.EMPTY_DICT);
      for (String name : names) {
        pickle.text(name);
        pickle.tensor(WEIGHT, "0");
        pickle.instruction(Opcode.SETITEM);
      }
    };
  }
}
