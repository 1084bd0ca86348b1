package io.shufflenet.spark.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ScriptArchiveTest {
  private static final String CODE = "class Net(Module):\n  training : bool\n";
  private static final Tensor VECTOR = Tensor.ofFloats(new float[] {1, 2, 3}, 3);

  /** Two rows of three channels of 1x2. */
  private static final Tensor MAP =
      Tensor.ofFloats(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 2, 3, 1, 2);

  @Test
  void holdsWhatLibtorchLooksFor() throws IOException {
    Map<String, byte[]> entries = entries(archive(VECTOR, MAP));

    assertThat(entries)
        .containsOnlyKeys(
            "network/version",
            "network/byteorder",
            "network/data.pkl",
            "network/code/__torch__.py",
            "network/constants/0",
            "network/constants/1",
            "network/constants.pkl");
    assertThat(entries.get("network/version")).asString().isEqualTo("3\n");
    assertThat(entries.get("network/byteorder")).asString().isEqualTo("little");
    assertThat(entries.get("network/code/__torch__.py")).asString().isEqualTo(CODE);
  }

  @Test
  void contentsAreAlignedSoThatTheyCanBeMapped() throws IOException {
    byte[] archive = archive(VECTOR, MAP);

    assertThat(offsets(archive)).hasSize(7).allSatisfy(offset -> assertThat(offset % 64).isZero());
  }

  @Test
  void theSameArgumentsGiveTheSameBytes() throws IOException {
    assertThat(archive(VECTOR, MAP)).isEqualTo(archive(VECTOR, MAP));
  }

  @Test
  void mapsAreWrittenChannelsLast() throws IOException {
    byte[] content = entries(archive(MAP)).get("network/constants/0");

    assertThat(floats(content)).containsExactly(0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11);
  }

  @Test
  void mapsSayTheirShapeAndTheirStrides() throws IOException {
    byte[] pickle = entries(archive(MAP)).get("network/constants.pkl");

    assertThat(pickle).containsSequence(concatenated(tuple(2, 3, 1, 2), tuple(6, 1, 6, 3)));
  }

  @Test
  void depthwiseWeightsHaveTheStridesOfOneChannel() throws IOException {
    Tensor weight = Tensor.ofFloats(new float[2 * 9], 2, 1, 3, 3);

    byte[] pickle = entries(archive(weight)).get("network/constants.pkl");

    assertThat(pickle).containsSequence(concatenated(tuple(2, 1, 3, 3), tuple(9, 1, 3, 1)));
  }

  @Test
  void allElseIsRowMajor() throws IOException {
    Tensor matrix = Tensor.ofFloats(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);

    Map<String, byte[]> entries = entries(archive(matrix));

    assertThat(floats(entries.get("network/constants/0"))).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(entries.get("network/constants.pkl"))
        .containsSequence(concatenated(tuple(2, 3), tuple(3, 1)));
  }

  @Test
  void leavesTheStreamOpen() throws IOException {
    boolean[] closed = new boolean[1];
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };

    ScriptArchive.write(CODE, List.of(VECTOR), out);

    assertThat(closed[0]).isFalse();
  }

  private static byte[] archive(Tensor... constants) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ScriptArchive.write(CODE, List.of(constants), out);
    return out.toByteArray();
  }

  private static Map<String, byte[]> entries(byte[] archive) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  /** Where each entry's content begins, by the local headers. */
  private static List<Integer> offsets(byte[] archive) {
    ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    return IntStream.range(0, archive.length - 30)
        .filter(start -> bytes.getInt(start) == 0x04034B50)
        .map(start -> start + 30 + bytes.getShort(start + 26) + bytes.getShort(start + 28))
        .boxed()
        .toList();
  }

  private static float[] floats(byte[] content) {
    float[] floats = new float[content.length / Float.BYTES];
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  /** A pickled tuple of integers. */
  private static byte[] tuple(int... values) {
    ByteBuffer pickle = ByteBuffer.allocate(2 + 5 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    pickle.put((byte) '(');
    for (int value : values) {
      pickle.put((byte) 'J').putInt(value);
    }
    return pickle.put((byte) 't').array();
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
