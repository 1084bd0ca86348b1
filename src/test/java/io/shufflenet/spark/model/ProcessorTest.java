package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorTest {
  private static final String AVX2 = "fpu sse4_1 sse4_2 fma avx f16c bmi1 avx2 bmi2";
  private static final String AVX512 = AVX2 + " avx512f avx512dq avx512cd avx512bw avx512vl";
  private static final String BFLOAT16 = AVX512 + " avx512_vnni avx512_bf16";
  private static final String AMX = BFLOAT16 + " avx512_fp16 amx_bf16 amx_tile amx_int8";
  private static final String NO_LIMIT = "";

  @ParameterizedTest
  @CsvSource({
    AVX2 + ", false, false, false",
    AVX512 + ", true, false, false",
    BFLOAT16 + ", true, true, false",
    AMX + ", true, true, true",
    AVX512 + " amx_bf16 amx_tile, true, true, true",
  })
  void hasWhatTheFlagsSay(String flags, boolean avx512, boolean bfloat16, boolean tiles) {
    Processor processor = Processor.of(cpuinfo(flags), NO_LIMIT);

    assertThat(processor.hasAvx512()).isEqualTo(avx512);
    assertThat(processor.hasBfloat16()).isEqualTo(bfloat16);
    assertThat(processor.hasBfloat16Tiles()).isEqualTo(tiles);
  }

  @Test
  void isNoAvx512ProcessorWhereAnyOfTheInstructionsIsMissing() {
    assertThat(Processor.of(cpuinfo(AVX2 + " avx512f avx512dq avx512vl"), NO_LIMIT).hasAvx512())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "processor\t: 0\nFeatures\t: fp asimd evtstrm aes bf16\nCPU part\t: 0xd40\n"})
  void hasNothingWhereTheFileTellsNoFlags(String cpuinfo) {
    Processor processor = Processor.of(cpuinfo, NO_LIMIT);

    assertThat(processor.hasAvx512()).isFalse();
    assertThat(processor.hasBfloat16()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "SSE41, false, false, false",
    "AVX, false, false, false",
    "AVX2, false, false, false",
    "avx2, false, false, false",
    "AVX2_VNNI, false, false, false",
    "AVX2_VNNI_2, false, false, false",
    "AVX512_CORE, true, false, false",
    "AVX512_CORE_VNNI, true, false, false",
    "avx512_core_vnni, true, false, false",
    "AVX512_CORE_BF16, true, true, false",
    "AVX512_CORE_FP16, true, true, false",
    "AVX10_1_512, true, true, false",
    "AVX512_CORE_AMX, true, true, true",
    "AVX10_1_512_AMX, true, true, true",
    "ALL, true, true, true",
    "DEFAULT, true, true, true",
  })
  void hasNoMoreThanOneDnnIsToldToUse(
      String limit, boolean avx512, boolean bfloat16, boolean tiles) {
    Processor processor = Processor.of(cpuinfo(AMX), limit);

    assertThat(processor.hasAvx512()).isEqualTo(avx512);
    assertThat(processor.hasBfloat16()).isEqualTo(bfloat16);
    assertThat(processor.hasBfloat16Tiles()).isEqualTo(tiles);
  }

  @Test
  void aLimitGivesNoInstructionsThatTheProcessorLacks() {
    Processor processor = Processor.of(cpuinfo(AVX2), "AVX512_CORE_AMX");

    assertThat(processor.hasAvx512()).isFalse();
    assertThat(processor.hasBfloat16()).isFalse();
  }

  /** As Linux writes it for two cores. */
  private static String cpuinfo(String flags) {
    String core =
        """
        vendor_id\t: GenuineIntel
        model name\t: a processor
        flags\t\t: %s
        vmx flags\t: vnmi avx512_bf16
        bogomips\t: 5200.00

        """
            .formatted(flags);
    return "processor\t: 0\n" + core + "processor\t: 1\n" + core;
  }
}
