package io.shufflenet.spark.checkpoint;

import static io.shufflenet.spark.checkpoint.TestFiles.dict;
import static io.shufflenet.spark.checkpoint.TestFiles.floats;
import static io.shufflenet.spark.checkpoint.TestFiles.legacy;
import static io.shufflenet.spark.checkpoint.TestFiles.pickle;
import static io.shufflenet.spark.checkpoint.TestFiles.raw;
import static io.shufflenet.spark.checkpoint.TestFiles.view;
import static io.shufflenet.spark.checkpoint.TestFiles.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class SectionTest {
  private static final Tensor PAIR = Tensor.ofFloats(new float[] {1, 2}, 2);
  private static final long[] ONE_ROW = {2};
  private static final long[] ADJACENT = {1};
  private static final Consumer<PickleWriter> SOUND = view(2, 0, ONE_ROW, ADJACENT);

  /** The storage of the tests' files has two elements. */
  private static final Consumer<PickleWriter> DAMAGED = view(4, 0, ONE_ROW, ADJACENT);

  @Test
  void readsTensorsUnderTheirNamesInTheFilesOrder() throws IOException {
    byte[] pickle = dict("momentum", tensors("module.weight", "weight", "bias"));

    Map<String, Tensor> section = read(zip(pickle, floats(1, 2)));

    assertThat(section.keySet()).containsExactly("module.weight", "weight", "bias");
    assertThat(section.values()).containsOnly(PAIR);
  }

  @Test
  void readsTheOldFormat() throws IOException {
    byte[] pickle = dict("momentum", tensors("weight"));

    assertThat(read(legacy(pickle, 2, floats(1, 2)))).containsOnly(Map.entry("weight", PAIR));
  }

  @Test
  void readsAnEmptySection() throws IOException {
    assertThat(read(zip(dict("momentum", raw(Opcode.EMPTY_DICT))))).isEmpty();
  }

  @Test
  void ignoresWhatIsNoTensor() throws IOException {
    byte[] pickle =
        dict(
            "momentum",
            writer -> {
              tensors("weight").accept(writer);
              writer.text("rate");
              raw(Opcode.NONE, Opcode.SETITEM).accept(writer);
            });

    assertThat(read(zip(pickle, floats(1, 2)))).containsOnlyKeys("weight");
  }

  @Test
  void givesAMapThatCannotBeChanged() throws IOException {
    Map<String, Tensor> section = read(zip(dict("momentum", raw(Opcode.EMPTY_DICT))));

    assertThatThrownBy(() -> section.put("weight", PAIR))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void readsTheSectionAlone() throws IOException {
    byte[] file = zip(sections(DAMAGED, SOUND), floats(1, 2));

    assertThat(read(file)).containsOnly(Map.entry("weight", PAIR));
  }

  @Test
  void isNotReadWithTheStateDict() throws IOException {
    byte[] file = zip(sections(SOUND, DAMAGED), floats(1, 2));

    assertThat(Checkpoint.read(file, "some.pth").tensors()).containsOnly(Map.entry("weight", PAIR));
  }

  @Test
  void listsTheKeysOfAFileWithoutTheSection() {
    assertThatRefused(GoldenFiles.bytes(GoldenFiles.ZIP))
        .hasMessage(
            "Cannot read checkpoint some.pth: it has no section momentum; "
                + "its keys are: state_dict (dictionary of 295)");
  }

  @Test
  void refusesASectionThatIsNoDictionary() {
    byte[] pickle = dict("momentum", writer -> writer.integer(90));

    assertThatRefused(zip(pickle))
        .hasMessage(
            "Cannot read checkpoint some.pth: it has no section momentum; "
                + "its keys are: momentum (number)");
  }

  @Test
  void refusesALoneTensor() {
    assertThatRefused(zip(pickle(writer -> writer.tensor(PAIR, "0")), floats(1, 2)))
        .hasMessage(
            "Cannot read checkpoint some.pth: it holds a tensor, where a dictionary of tensors "
                + "is needed");
  }

  @Test
  void refusesASmallFileThatExpandsToAGigabyte() {
    byte[] pickle =
        dict("momentum", dictOf("weight", view(2, 0, new long[] {1 << 28}, new long[] {0})));

    assertThatRefused(zip(pickle, floats(1, 2)))
        .hasMessageContaining("tensor weight needs 1073741824 bytes")
        .hasMessageContaining("damaged or made to exhaust memory");
  }

  @Test
  void refusesATensorThatReachesBeyondItsStorage() {
    byte[] pickle = dict("momentum", dictOf("weight", view(2, 1, ONE_ROW, ADJACENT)));

    assertThatRefused(zip(pickle, floats(1, 2)))
        .hasMessageContaining("tensor weight reaches beyond its storage of 2 elements");
  }

  @Test
  void refusesAClassThatStandsBesideTheSection() {
    byte[] pickle =
        pickle(
            writer -> {
              writer.instruction(Opcode.EMPTY_DICT);
              put("momentum", SOUND).accept(writer);
              writer.text("args");
              writer.global("argparse", "Namespace");
              writer.instruction(Opcode.SETITEM);
            });

    assertThatRefused(zip(pickle, floats(1, 2)))
        .hasMessageContaining("it names the Python object argparse.Namespace");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertThatRefused(byte[] file) {
    return assertThatThrownBy(() -> read(file)).isInstanceOf(CheckpointException.class);
  }

  private static Map<String, Tensor> read(byte[] file) throws CheckpointException {
    return Checkpoint.section(file, "some.pth", "momentum");
  }

  /** A state dict and a section momentum, each of one tensor. */
  private static byte[] sections(Consumer<PickleWriter> weight, Consumer<PickleWriter> momentum) {
    return pickle(
        writer -> {
          writer.instruction(Opcode.EMPTY_DICT);
          put("state_dict", weight).accept(writer);
          put("momentum", momentum).accept(writer);
        });
  }

  private static Consumer<PickleWriter> put(String section, Consumer<PickleWriter> weight) {
    return pickle -> {
      pickle.text(section);
      dictOf("weight", weight).accept(pickle);
      pickle.instruction(Opcode.SETITEM);
    };
  }

  private static Consumer<PickleWriter> dictOf(String name, Consumer<PickleWriter> tensor) {
    return pickle -> {
      pickle.instruction(Opcode.EMPTY_DICT);
      pickle.text(name);
      tensor.accept(pickle);
      pickle.instruction(Opcode.SETITEM);
    };
  }

  /** A dict of tensors that share a storage. */
  private static Consumer<PickleWriter> tensors(String... names) {
    return pickle -> {
      pickle.instruction(Opcode.EMPTY_DICT);
      for (String name : names) {
        pickle.text(name);
        pickle.tensor(PAIR, "0");
        pickle.instruction(Opcode.SETITEM);
      }
    };
  }
}
