package io.shufflenet.spark.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointWriterTest {
  @Test
  void writesWhatTheReaderReads() throws IOException {
    Map<String, Tensor> tensors = GoldenFiles.tensors("0.5x-g3");

    byte[] file = write(tensors);

    assertThat(Checkpoint.read(file, "written").tensors()).containsExactlyEntriesOf(tensors);
  }

  @ParameterizedTest
  @EnumSource
  void keepsEveryType(Tensor.Type type) throws IOException {
    byte[] content = new byte[6 * type.bytes()];
    for (int index = 0; index < content.length; index++) {
      content[index] = (byte) index;
    }
    Map<String, Tensor> tensors = Map.of("weight", new Tensor(type, new int[] {2, 3}, content));

    byte[] file = write(tensors);

    assertThat(Checkpoint.read(file, "written").tensors()).isEqualTo(tensors);
  }

  @Test
  void keepsEmptyTensorsLargeShapesAndUnusualNames() throws IOException {
    Map<String, Tensor> tensors =
        Map.of(
            "empty", Tensor.ofFloats(new float[0], 2, 0, 3),
            "long", Tensor.ofFloats(new float[70_000], 70_000),
            "größe ☃", Tensor.ofLong(Long.MIN_VALUE));

    byte[] file = write(tensors);

    assertThat(Checkpoint.read(file, "written").tensors()).isEqualTo(tensors);
  }

  @Test
  void writesTheSameBytesForTheSameTensors() throws IOException {
    assertThat(write(GoldenFiles.tensors("0.5x-g3")))
        .isEqualTo(write(GoldenFiles.tensors("0.5x-g3")));
  }

  @Test
  void writesTheEntriesThatPyTorchLooksFor() throws IOException {
    byte[] file = write(Map.of("bias", Tensor.ofLong(1)));

    assertThat(entries(file))
        .containsEntry("archive/byteorder", "little")
        .containsEntry("archive/version", "3\n")
        .containsKeys("archive/data.pkl", "archive/data/0");
  }

  @Test
  void alignsStoragesSoThatTheyCanBeMapped() throws IOException {
    byte[] file = write(GoldenFiles.tensors("0.5x-g3"));

    assertThat(contentOffsets(file)).allMatch(offset -> offset % 64 == 0).hasSizeGreaterThan(290);
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

    CheckpointWriter.write(Map.of("bias", Tensor.ofLong(1)), out);

    assertThat(closed[0]).isFalse();
  }

  private static byte[] write(Map<String, Tensor> tensors) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckpointWriter.write(tensors, out);
    return out.toByteArray();
  }

  private static Map<String, String> entries(byte[] file) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), ISO_8859_1));
      }
    }
    return entries;
  }

  /** Where the contents begin, by the local headers, one after the other from the file's start. */
  private static List<Integer> contentOffsets(byte[] file) {
    ByteBuffer zip = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> offsets = new ArrayList<>();
    int header = 0;
    while (zip.getInt(header) == 0x04034B50) {
      int content = header + 30 + zip.getShort(header + 26) + zip.getShort(header + 28);
      offsets.add(content);
      header = content + zip.getInt(header + 18);
    }
    return offsets;
  }
}
