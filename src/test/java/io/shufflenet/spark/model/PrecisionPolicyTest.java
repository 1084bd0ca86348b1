package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.model.torchscript.Precision;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionPolicyTest {
  private static final Processor PLAIN = new Processor(Set.of("avx2"));
  private static final Processor BFLOAT16 = new Processor(Set.of("avx2", "avx512_bf16"));
  private static final Processor AMX = new Processor(Set.of("avx2", "amx_bf16"));
  private static final ComputeDevice GPU = ComputeDevice.gpu(0);

  @Test
  void autoTriesBfloat16FirstWhereTheCpuHasIt() {
    assertThat(PrecisionPolicy.AUTO.targets(ComputeDevice.CPU, BFLOAT16))
        .map(Target::toString)
        .containsExactly("onednn bf16", "onednn fp32", "portable fp32");
    assertThat(PrecisionPolicy.AUTO.targets(ComputeDevice.CPU, AMX))
        .map(Target::toString)
        .startsWith("onednn bf16");
  }

  @Test
  void autoIsFloat32OnOtherCpus() {
    assertThat(PrecisionPolicy.AUTO.targets(ComputeDevice.CPU, PLAIN))
        .map(Target::toString)
        .containsExactly("onednn fp32", "portable fp32");
  }

  @Test
  void float32IsNeverShortened() {
    assertThat(PrecisionPolicy.FP32.targets(ComputeDevice.CPU, BFLOAT16))
        .map(Target::toString)
        .containsExactly("onednn fp32", "portable fp32");
  }

  @Test
  void bfloat16IsNeverReplaced() {
    assertThat(PrecisionPolicy.BF16.targets(ComputeDevice.CPU, BFLOAT16))
        .map(Target::toString)
        .containsExactly("onednn bf16", "portable bf16");
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, portable fp32",
    "FP32, portable fp32",
    "BF16, portable bf16",
    "FP16, portable fp16"
  })
  void aGpuRunsPortableOperations(PrecisionPolicy policy, String target) {
    assertThat(policy.targets(GPU, PLAIN)).map(Target::toString).containsExactly(target);
  }

  @Test
  void targetsAreThoseOfTheGivenProcessor() {
    assertThat(PrecisionPolicy.FP32.targets(ComputeDevice.CPU, PLAIN).get(0))
        .isEqualTo(Target.of(Backend.ONEDNN, Precision.FLOAT32, PLAIN));
  }

  @Test
  void refusesBfloat16WhereTheCpuHasNoInstructionsForIt() {
    assertThatThrownBy(() -> PrecisionPolicy.BF16.targets(ComputeDevice.CPU, PLAIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "Cannot compute with inference\\.precision = bf16 on \\S.*: its CPU has no instructions"
                + " for it \\(avx512_bf16 or amx_bf16\\); auto takes fp32 there");
  }

  @Test
  void refusesFloat16OnACpu() {
    assertThatThrownBy(() -> PrecisionPolicy.FP16.targets(ComputeDevice.CPU, AMX))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "Cannot compute with inference\\.precision = fp16 on \\S.*: CPUs have no arithmetic for"
                + " it; use fp32 or auto");
  }

  @ParameterizedTest
  @CsvSource({"AUTO, auto", "FP32, fp32", "BF16, bf16", "FP16, fp16"})
  void isCalledAsTheSettingIsWritten(PrecisionPolicy policy, String label) {
    assertThat(policy.label()).isEqualTo(label);
  }
}
