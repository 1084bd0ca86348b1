package io.shufflenet.spark.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointWriterTest {
  /** Of a file that has been loaded by {@code torch.load}; a change needs that checked again. */
  private static final String GOLDEN_SHA256 =
      "17fdefb4d64e7df637ea70541f4fd89a964fccf5c583e2a7cdfaa3d8cb9d19d3";

  private static final Map<String, Map<String, Tensor>> TRAINING = training();

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
  void keepsTheBytesOfAFileWithOneSection() throws IOException {
    byte[] file = write(GoldenFiles.tensors("0.5x-g3"));

    assertThat(new ByteArrayInputStream(file)).hasDigest("SHA-256", GOLDEN_SHA256);
  }

  @Test
  void writesSectionsInOrderBesideTheStateDict() throws IOException {
    byte[] file = writeSections(TRAINING);

    assertThat(Checkpoint.read(file, "written").tensors())
        .containsExactlyEntriesOf(TRAINING.get("state_dict"));
    assertThat(TRAINING.keySet())
        .allSatisfy(
            name ->
                assertThat(Checkpoint.section(file, "written", name))
                    .containsExactlyEntriesOf(TRAINING.get(name)));
  }

  @Test
  void writesAnEmptySection() throws IOException {
    byte[] file = writeSections(Map.of("momentum", Map.of()));

    assertThat(Checkpoint.section(file, "written", "momentum")).isEmpty();
  }

  @Test
  void keepsTheNamesOfAParallelWrapper() throws IOException {
    Map<String, Tensor> momentum = Map.of("module.weight", Tensor.ofFloats(new float[] {1}, 1));

    byte[] file = writeSections(Map.of("momentum", momentum));

    assertThat(Checkpoint.section(file, "written", "momentum")).isEqualTo(momentum);
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

    CheckpointWriter.write(Map.of("state_dict", Map.of("bias", Tensor.ofLong(1))), out);

    assertThat(closed[0]).isFalse();
  }

  private static byte[] write(Map<String, Tensor> tensors) throws IOException {
    return writeSections(Map.of("state_dict", tensors));
  }

  private static byte[] writeSections(Map<String, Map<String, Tensor>> sections)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckpointWriter.write(sections, out);
    return out.toByteArray();
  }

  private static Map<String, Map<String, Tensor>> training() {
    Map<String, Map<String, Tensor>> sections = new LinkedHashMap<>();
    sections.put("state_dict", GoldenFiles.tensors("0.5x-g3"));
    sections.put("momentum", GoldenFiles.tensors("0.5x-g8"));
    sections.put("training", Map.of("iteration", Tensor.ofLong(1L << 40)));
    return sections;
  }
}
