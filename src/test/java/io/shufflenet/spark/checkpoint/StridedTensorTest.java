package io.shufflenet.spark.checkpoint;

import static io.shufflenet.spark.checkpoint.TestFiles.dict;
import static io.shufflenet.spark.checkpoint.TestFiles.floats;
import static io.shufflenet.spark.checkpoint.TestFiles.legacy;
import static io.shufflenet.spark.checkpoint.TestFiles.raw;
import static io.shufflenet.spark.checkpoint.TestFiles.storage;
import static io.shufflenet.spark.checkpoint.TestFiles.tuple;
import static io.shufflenet.spark.checkpoint.TestFiles.view;
import static io.shufflenet.spark.checkpoint.TestFiles.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tensors that are views of a storage of the six floats 0 to 5. */
class StridedTensorTest {
  private static final byte[] STORAGE = floats(0, 1, 2, 3, 4, 5);

  static Stream<Arguments> views() {
    return Stream.of(
        Arguments.of("contiguous", 0, sizes(2, 3), sizes(3, 1), new float[] {0, 1, 2, 3, 4, 5}),
        Arguments.of("transposed", 0, sizes(3, 2), sizes(1, 3), new float[] {0, 3, 1, 4, 2, 5}),
        Arguments.of("second row", 3, sizes(3), sizes(1), new float[] {3, 4, 5}),
        Arguments.of("last column", 2, sizes(2, 1), sizes(3, 1), new float[] {2, 5}),
        Arguments.of("every other", 1, sizes(3), sizes(2), new float[] {1, 3, 5}),
        Arguments.of("expanded", 4, sizes(2, 2), sizes(0, 0), new float[] {4, 4, 4, 4}),
        Arguments.of("overlapping", 0, sizes(3, 2), sizes(1, 1), new float[] {0, 1, 1, 2, 2, 3}),
        Arguments.of("scalar", 5, sizes(), sizes(), new float[] {5}),
        Arguments.of("idle stride", 0, sizes(1, 2), sizes(Long.MAX_VALUE, 1), new float[] {0, 1}),
        Arguments.of("empty", 0, sizes(0, 3), sizes(3, 1), new float[0]),
        Arguments.of("empty afar", 99, sizes(3, 0), sizes(99, 1), new float[0]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("views")
  void copiesViewsIntoRowMajorOrder(
      String name, long offset, long[] shape, long[] strides, float[] expected) throws IOException {
    byte[] file = zip(dict("weight", view(6, offset, shape, strides)), STORAGE);

    Tensor tensor = Checkpoint.read(file, name).tensors().get("weight");

    assertThat(tensor.toFloats()).containsExactly(expected);
    assertThat(tensor.shape()).hasSize(shape.length);
  }

  static Stream<Arguments> viewsFromOutside() {
    long huge = Long.MAX_VALUE;
    return Stream.of(
        Arguments.of(1, sizes(2, 3), sizes(3, 1)),
        Arguments.of(6, sizes(), sizes()),
        Arguments.of(huge, sizes(1), sizes(1)),
        Arguments.of(0, sizes(2), sizes(6)),
        Arguments.of(0, sizes(2), sizes(huge)),
        Arguments.of(huge, sizes(2, 2), sizes(huge, huge)),
        Arguments.of(0, sizes(2, 2, 2), sizes(1L << 62, 1L << 62, 1)),
        Arguments.of(0, sizes(7), sizes(1)));
  }

  @ParameterizedTest
  @MethodSource("viewsFromOutside")
  void refusesViewsThatReachBeyondTheStorage(long offset, long[] shape, long[] strides) {
    byte[] file = zip(dict("weight", view(6, offset, shape, strides)), STORAGE);

    assertThatThrownBy(() -> Checkpoint.read(file, "bad.pth"))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "Cannot read checkpoint bad.pth: tensor weight reaches beyond its storage of 6 "
                + "elements: the file is damaged");
  }

  @Test
  void refusesAStorageOfAnotherLength() {
    byte[] file = zip(dict("weight", view(7, 0, sizes(7), sizes(1))), STORAGE);

    assertThatThrownBy(() -> Checkpoint.read(file, "bad.pth"))
        .hasMessage(
            "Cannot read checkpoint bad.pth: storage 0 has 24 bytes, not 7 elements of 4: "
                + "the file is damaged");
  }

  @Test
  void refusesAStorageWhoseLengthOverflows() {
    byte[] file = zip(dict("weight", view((1L << 62) + 6, 0, sizes(6), sizes(1))), STORAGE);

    assertThatThrownBy(() -> Checkpoint.read(file, "bad.pth"))
        .hasMessageContaining("storage 0 has 24 bytes, not 4611686018427387910 elements of 4");
  }

  @Test
  void refusesAMissingStorage() {
    byte[] file = zip(dict("weight", view(6, 0, sizes(6), sizes(1))));

    assertThatThrownBy(() -> Checkpoint.read(file, "bad.pth"))
        .hasMessageContaining("its zip archive lacks the entry archive/data/0");
  }

  @Test
  void refusesNegativeStrides() {
    byte[] file = zip(dict("weight", view(6, 5, sizes(6), sizes(-1))), STORAGE);

    assertThatThrownBy(() -> Checkpoint.read(file, "bad.pth"))
        .hasMessageContaining("tensor weight has -1 as a size or stride: the file is damaged");
  }

  @Test
  void refusesMoreStridesThanSizes() {
    byte[] file = zip(dict("weight", view(6, 0, sizes(6), sizes(1, 1))), STORAGE);

    assertThatThrownBy(() -> Checkpoint.read(file, "bad.pth"))
        .hasMessageContaining("tensor weight has the shape [6] but the strides [1, 1]");
  }

  @Test
  void refusesMoreDimensionsThanPyTorchHas() {
    byte[] file = zip(dict("weight", view(6, 0, new long[65], new long[65])), STORAGE);

    assertThatThrownBy(() -> Checkpoint.read(file, "bad.pth"))
        .hasMessageContaining("tensor weight has 65 dimensions, where at most 64 are read");
  }

  @Test
  void refusesTypesThatNoStateDictOfOursHas() {
    byte[] pickle =
        dict(
            "weight",
            writer -> {
              writer.global("torch._utils", "_rebuild_tensor_v2");
              writer.instruction(Opcode.MARK);
              storage("torch", "ComplexFloatStorage", 3).accept(writer);
              writer.integer(0);
              tuple(3).accept(writer);
              tuple(1).accept(writer);
              raw(Opcode.TUPLE, Opcode.REDUCE).accept(writer);
            });

    assertThatThrownBy(() -> Checkpoint.read(zip(pickle, STORAGE), "bad.pth"))
        .hasMessageContaining(
            "tensor weight has elements of a type that is not supported"
                + " (torch.ComplexFloatStorage)");
  }

  @Test
  void readsAViewOfAStorageInTheOldFormat() throws IOException {
    byte[] file = legacy(legacyView(2, 3), 6, STORAGE);

    Tensor tensor = Checkpoint.read(file, "old.pth").tensors().get("weight");

    assertThat(tensor.toFloats()).containsExactly(3, 4);
  }

  @Test
  void refusesAViewOutsideOfItsStorageInTheOldFormat() {
    byte[] file = legacy(legacyView(5, 3), 6, STORAGE);

    assertThatThrownBy(() -> Checkpoint.read(file, "old.pth"))
        .hasMessageContaining("a view of 3 elements from 5 on lies outside of its storage of 6");
  }

  /**
   * Elements 1 and 2 of a storage that shows {@code count} elements of another from {@code first}
   * on.
   */
  private static byte[] legacyView(long first, long count) {
    return dict(
        "weight",
        writer -> {
          writer.global("torch._utils", "_rebuild_tensor_v2");
          raw(Opcode.MARK, Opcode.MARK).accept(writer);
          writer.text("storage");
          writer.global("torch", "FloatStorage");
          writer.text("0");
          writer.text("cpu");
          writer.integer(6);
          tuple(77, first, count).accept(writer);
          raw(Opcode.TUPLE, Opcode.BINPERSID).accept(writer);
          writer.integer(1);
          tuple(2).accept(writer);
          tuple(1).accept(writer);
          raw(Opcode.TUPLE, Opcode.REDUCE).accept(writer);
        });
  }

  private static long[] sizes(long... sizes) {
    return sizes;
  }
}
