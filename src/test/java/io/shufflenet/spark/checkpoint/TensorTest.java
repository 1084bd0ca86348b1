package io.shufflenet.spark.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorTest {
  @Test
  void keepsFloatsAndTheirShape() {
    Tensor tensor = Tensor.ofFloats(new float[] {1, -2, 3.5f, 0, Float.NaN, 6}, 2, 3);

    assertThat(tensor.type()).isEqualTo(Tensor.Type.FLOAT32);
    assertThat(tensor.shape()).containsExactly(2, 3);
    assertThat(tensor.elements()).isEqualTo(6);
    assertThat(tensor.toFloats()).containsExactly(1, -2, 3.5f, 0, Float.NaN, 6);
  }

  @Test
  void isNotChangedThroughTheArraysOfItsCaller() {
    float[] values = {1, 2};
    int[] shape = {2};
    Tensor tensor = Tensor.ofFloats(values, shape);

    values[0] = 9;
    shape[0] = 9;
    tensor.shape()[0] = 9;
    tensor.toFloats()[0] = 9;

    assertThat(tensor).isEqualTo(Tensor.ofFloats(new float[] {1, 2}, 2));
  }

  @Test
  void holdsALongWithoutDimensions() {
    Tensor tensor = Tensor.ofLong(7);

    assertThat(tensor.type()).isEqualTo(Tensor.Type.INT64);
    assertThat(tensor.shape()).isEmpty();
    assertThat(tensor.elements()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, -1, Long.MAX_VALUE, Long.MIN_VALUE})
  void givesTheLongThatItHolds(long value) {
    assertThat(Tensor.ofLong(value).toLong()).isEqualTo(value);
  }

  @Test
  void refusesToReadAFloatAsALong() {
    assertThatThrownBy(() -> Tensor.ofFloats(new float[] {7}).toLong())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot read FLOAT32[] as a long: it is no INT64 scalar");
  }

  @Test
  void refusesToReadManyLongsAsOne() {
    assertThatThrownBy(() -> new Tensor(Tensor.Type.INT64, new int[] {1}, new byte[8]).toLong())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot read INT64[1] as a long: it is no INT64 scalar");
  }

  @Test
  void widensHalfPrecisionExactly() {
    short[] halves = {0x3C00, (short) 0xC000, 0x7BFF, 0x0001, 0x0400, (short) 0x8000, 0x7C00};

    float[] values = tensor(Tensor.Type.FLOAT16, halves).toFloats();

    assertThat(values)
        .containsExactly(1, -2, 65504, 0x1p-24f, 0x1p-14f, -0.0f, Float.POSITIVE_INFINITY);
  }

  @Test
  void keepsNotANumberOfHalfPrecision() {
    assertThat(tensor(Tensor.Type.FLOAT16, new short[] {0x7E00}).toFloats())
        .containsOnly(Float.NaN);
  }

  @Test
  void widensBrainFloatsExactly() {
    short[] values = {0x3F80, (short) 0xC049, 0x7F80};

    assertThat(tensor(Tensor.Type.BFLOAT16, values).toFloats())
        .containsExactly(1, -3.140625f, Float.POSITIVE_INFINITY);
  }

  @Test
  void roundsDoublesToFloats() {
    byte[] content = new byte[Double.BYTES];
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putDouble(0.1);

    assertThat(new Tensor(Tensor.Type.FLOAT64, new int[0], content).toFloats())
        .containsExactly(0.1f);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 0x1.0p0",
    "-2.5, -0x1.4p1",
    "0x1.002p0, 0x1.0p0",
    "0x1.00201p0, 0x1.004p0",
    "0x1.006p0, 0x1.008p0",
    "-0x1.006p0, -0x1.008p0",
    "65519.99, 0x1.ffcp15",
    "0x1.0p-14, 0x1.0p-14",
    "0x1.ff8p-15, 0x1.ff8p-15",
    "0x1.ff4p-15, 0x1.ff0p-15",
    "0x1.ffcp-15, 0x1.0p-14",
    "0x1.8p-24, 0x1.0p-23",
    "0x1.8p-23, 0x1.8p-23",
    "0x1.0p-25, 0.0",
    "0x1.01p-25, 0x1.0p-24",
    "-0x1.0p-26, -0.0",
  })
  void roundsToTheNearestHalfPrecisionOfTiesToTheEvenOne(double value, float nearest) {
    assertThat(Tensor.rounded(Tensor.Type.FLOAT16, new double[] {value}, 1).toFloats())
        .containsExactly(nearest);
  }

  @ParameterizedTest
  @ValueSource(doubles = {65520, 65536, 1e5, 1e10, 1e300, Double.POSITIVE_INFINITY})
  void halfPrecisionIsInfiniteBeyondItsRange(double value) {
    assertThat(Tensor.rounded(Tensor.Type.FLOAT16, new double[] {value, -value}, 2).toFloats())
        .containsExactly(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 0x1.0p0",
    "0x1.01p0, 0x1.0p0",
    "0x1.0101p0, 0x1.02p0",
    "0x1.03p0, 0x1.04p0",
    "-0x1.03p0, -0x1.04p0",
    "-0x1.01p0, -0x1.0p0",
    "0x1.fep127, 0x1.fep127",
    "0x1.0p-126, 0x1.0p-126",
    "0x1.8p-133, 0x1.0p-132",
    "0x1.0p-134, 0.0",
  })
  void roundsToTheNearestBrainFloatOfTiesToTheEvenOne(double value, float nearest) {
    assertThat(Tensor.rounded(Tensor.Type.BFLOAT16, new double[] {value}, 1).toFloats())
        .containsExactly(nearest);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1.ffp127, 1e39, Double.POSITIVE_INFINITY})
  void brainFloatsAreInfiniteBeyondTheirRange(double value) {
    assertThat(Tensor.rounded(Tensor.Type.BFLOAT16, new double[] {value, -value}, 2).toFloats())
        .containsExactly(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT16", "BFLOAT16"})
  void roundingKeepsNotANumberAndTheShape(Tensor.Type type) {
    Tensor tensor = Tensor.rounded(type, new double[] {Double.NaN, 0}, 2, 1);

    assertThat(tensor.type()).isEqualTo(type);
    assertThat(tensor.shape()).containsExactly(2, 1);
    assertThat(tensor.toFloats()).containsExactly(Float.NaN, 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void everyValueOfAShortTypeIsItsOwnNearest(Tensor.Type type) {
    short[] patterns = new short[1 << Short.SIZE];
    for (int pattern = 0; pattern < patterns.length; pattern++) {
      patterns[pattern] = (short) pattern;
    }
    float[] values = tensor(type, patterns).toFloats();
    double[] doubles = new double[values.length];
    for (int index = 0; index < values.length; index++) {
      doubles[index] = values[index];
    }

    assertThat(Tensor.rounded(type, doubles, doubles.length).toFloats()).containsExactly(values);
  }

  @Test
  void refusesToRoundToIntegers() {
    assertThatThrownBy(() -> Tensor.rounded(Tensor.Type.INT32, new double[] {1}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot round to INT32");
  }

  @Test
  void putsChannelsLast() {
    short[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    byte[] content = tensor(Tensor.Type.INT16, values).content();

    byte[] reordered =
        new Tensor(Tensor.Type.INT16, new int[] {1, 2, 3, 2}, content).channelsLast();

    assertThat(ByteBuffer.wrap(reordered))
        .isEqualTo(
            ByteBuffer.wrap(
                tensor(Tensor.Type.INT16, new short[] {0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11})
                    .content()));
  }

  @Test
  void refusesToReadIntegersAsFloats() {
    assertThatThrownBy(() -> Tensor.ofLong(7).toFloats())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot read INT64[] as floats: it holds no floats");
  }

  @Test
  void refusesAShapeOfAnotherNumberOfElements() {
    assertThatThrownBy(() -> Tensor.ofFloats(new float[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot make a tensor of shape [2, 3]: there are 5 values");
  }

  @Test
  void refusesANegativeSize() {
    assertThatThrownBy(() -> Tensor.ofFloats(new float[6], -2, -3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot make a tensor of shape [-2, -3]: no array has that size");
  }

  @Test
  void refusesMoreElementsThanAnArrayHas() {
    assertThatThrownBy(() -> Tensor.ofFloats(new float[0], 1 << 16, 1 << 16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot make a tensor of shape [65536, 65536]: no array has that size");
  }

  @Test
  void mayHaveNoElements() {
    assertThat(Tensor.ofFloats(new float[0], 3, 0).toFloats()).isEmpty();
  }

  @Test
  void survivesSerialization() throws IOException, ClassNotFoundException {
    Tensor tensor = GoldenWeights.tensor("first_conv.0.weight", 12, 3, 3, 3);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(tensor);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(tensor).hasSameHashCodeAs(tensor);
    }
  }

  private static Tensor tensor(Tensor.Type type, short[] elements) {
    byte[] content = new byte[elements.length * Short.BYTES];
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(elements);
    return new Tensor(type, new int[] {elements.length}, content);
  }
}
