package io.shufflenet.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code conf/gpu-discovery.sh} on hosts with and without GPUs. */
final class GpuDiscoveryTest {
  private static final String CUT_UP =
      """
      GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77)
        MIG 3g.20gb     Device  0: (UUID: MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f)
        MIG 3g.20gb     Device  1: (UUID: MIG-cba663e8-9bed-5b25-b243-5985ef7c9beb)
      GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-6c1f9d0e-1a2b-4c3d-8e4f-0123456789ab)
      """;

  @TempDir private Path folder;

  private record Said(int exitCode, String out, String err) {}

  @Test
  void namesGpusByTheirNumbers() throws Exception {
    Path nvidiaSmi = FakeNvidiaSmi.ofTwoGpus(folder.resolve("two"));

    assertThat(discover(nvidiaSmi, Map.of()))
        .isEqualTo(new Said(0, "{\"name\":\"gpu\",\"addresses\":[\"0\",\"1\"]}\n", ""));
  }

  @Test
  void namesThePartsOfAGpuThatIsCutUpByTheirUuids() throws Exception {
    assertThat(discover(listing(CUT_UP), Map.of()).out())
        .isEqualTo(
            "{\"name\":\"gpu\",\"addresses\":[\"MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f\","
                + "\"MIG-cba663e8-9bed-5b25-b243-5985ef7c9beb\",\"1\"]}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | '\"1\"'",
        "1,0 | '\"1\",\"0\"'",
        "MIG-cba663e8-9bed-5b25-b243-5985ef7c9beb | '\"MIG-cba663e8-9bed-5b25-b243-5985ef7c9beb\"'",
        "GPU-6c1f, 0 | '\"GPU-6c1f\",\"0\"'"
      })
  void namesWhatTheEnvironmentListsAsItDoes(String visible, String addresses) throws Exception {
    assertThat(discover(listing(CUT_UP), Map.of("CUDA_VISIBLE_DEVICES", visible)).out())
        .isEqualTo("{\"name\":\"gpu\",\"addresses\":[" + addresses + "]}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "-1", "NoDevFiles", "GPU-ffff", "0,,1"})
  void refusesAListThatNamesWhatIsNotThere(String visible) throws Exception {
    Said said = discover(listing(CUT_UP), Map.of("CUDA_VISIBLE_DEVICES", visible));

    assertThat(said.exitCode()).isOne();
    assertThat(said.out()).isEmpty();
    assertThat(said.err())
        .startsWith("Cannot discover GPUs on ")
        .contains("CUDA_VISIBLE_DEVICES = " + visible + " names '");
  }

  @Test
  void refusesAnEmptyList() throws Exception {
    assertThat(discover(listing(CUT_UP), Map.of("CUDA_VISIBLE_DEVICES", "")).err())
        .contains("CUDA_VISIBLE_DEVICES is empty, which hides all of them");
  }

  @Test
  void saysWhatNvidiaSmiSaysWhereItFails() throws Exception {
    Path nvidiaSmi =
        FakeNvidiaSmi.saying(
            folder.resolve("failing"),
            "echo \"NVIDIA-SMI has failed because it couldn't communicate with the driver.\"; exit 9");

    Said said = discover(nvidiaSmi, Map.of());

    assertThat(said.exitCode()).isOne();
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).contains("nvidia-smi -L says: NVIDIA-SMI has failed because");
  }

  @Test
  void saysThatThereAreNone() throws Exception {
    assertThat(discover(listing("No devices found.\n"), Map.of()).err())
        .contains("nvidia-smi -L lists none: No devices found.");
  }

  @Test
  void saysThatNvidiaSmiIsMissing() throws Exception {
    Said said = discover(folder.resolve("nowhere/nvidia-smi"), Map.of());

    assertThat(said.exitCode()).isOne();
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).contains("nvidia-smi is not on the PATH");
  }

  private Path listing(String text) throws IOException {
    Path listing = Files.writeString(folder.resolve("listing.txt"), text);
    return FakeNvidiaSmi.saying(folder.resolve("listing"), "cat '" + listing + "'\n");
  }

  private static Said discover(Path nvidiaSmi, Map<String, String> environment) throws Exception {
    Path script = SparkDistribution.TARGET.resolveSibling("conf/gpu-discovery.sh");
    ProcessBuilder builder = new ProcessBuilder(script.toString());
    builder.environment().remove("CUDA_VISIBLE_DEVICES");
    builder.environment().put("PATH", nvidiaSmi.getParent() + ":/usr/bin:/bin");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Said(process.exitValue(), out, err);
  }
}
