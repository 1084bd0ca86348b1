package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.model.graph.Optimisation;
import io.shufflenet.spark.model.torchscript.Precision;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TargetTest {
  private static final Processor AVX2 = new Processor(Set.of("avx2"));
  private static final Processor AVX512 =
      new Processor(Set.of("avx2", "avx512f", "avx512bw", "avx512vl", "avx512dq", "avx512_bf16"));
  private static final Processor AMX = withTiles(AVX512);

  @Test
  void float32WithAvx512ReadsTheShuffleByAKernel() {
    Set<Optimisation> expected =
        allBut(Optimisation.SPLIT_COLUMNS, Optimisation.SHUFFLE_INTO_DENSE);

    assertThat(optimisations(Precision.FLOAT32, AVX512)).isEqualTo(expected);
    assertThat(optimisations(Precision.FLOAT32, AMX)).isEqualTo(expected);
  }

  @Test
  void float32WithoutAvx512KeepsTheShuffle() {
    assertThat(optimisations(Precision.FLOAT32, AVX2))
        .isEqualTo(
            allBut(
                Optimisation.SPLIT_COLUMNS,
                Optimisation.SHUFFLE_INTO_DENSE,
                Optimisation.SHUFFLE_INTO_KERNEL));
  }

  @Test
  void bfloat16KeepsTheShuffle() {
    assertThat(optimisations(Precision.BFLOAT16, AVX512))
        .isEqualTo(allBut(Optimisation.SHUFFLE_INTO_KERNEL, Optimisation.SHUFFLE_INTO_DENSE));
  }

  @Test
  void bfloat16OnTilesReadsTheShuffleDensely() {
    assertThat(optimisations(Precision.BFLOAT16, AMX))
        .isEqualTo(allBut(Optimisation.SHUFFLE_INTO_KERNEL));
  }

  @ParameterizedTest
  @EnumSource
  void portableNetworksPoolByTheLibrarysOwnOperations(Precision precision) {
    assertThat(Target.of(Backend.PORTABLE, precision, AMX).optimisations())
        .isEqualTo(EnumSet.range(Optimisation.FOLD_BATCH_NORM, Optimisation.SHUFFLE_INTO_WEIGHTS));
  }

  @Test
  void leavesOneOptimisationOut() {
    Target target = Target.of(Backend.ONEDNN, Precision.FLOAT32, AVX512);

    Target fewer = target.without(Optimisation.FUSE_RELU);

    assertThat(fewer)
        .isEqualTo(
            new Target(
                Backend.ONEDNN,
                Precision.FLOAT32,
                allBut(
                    Optimisation.SPLIT_COLUMNS,
                    Optimisation.SHUFFLE_INTO_DENSE,
                    Optimisation.FUSE_RELU)));
    assertThat(target.optimisations()).contains(Optimisation.FUSE_RELU);
  }

  @Test
  void nothingIsLeftOutOfNothing() {
    Target bare = new Target(Backend.PORTABLE, Precision.FLOAT32, Set.of());

    assertThat(bare.without(Optimisation.FUSE_RELU)).isEqualTo(bare);
  }

  @Test
  void saysBackendAndPrecision() {
    assertThat(Target.of(Backend.ONEDNN, Precision.FLOAT32, AVX2)).hasToString("onednn fp32");
    assertThat(Target.of(Backend.ONEDNN, Precision.BFLOAT16, AVX2)).hasToString("onednn bf16");
    assertThat(Target.of(Backend.PORTABLE, Precision.FLOAT16, AVX2)).hasToString("portable fp16");
  }

  private static Processor withTiles(Processor processor) {
    Set<String> flags = new HashSet<>(processor.flags());
    flags.addAll(Set.of("amx_tile", "amx_bf16"));
    return new Processor(flags);
  }

  private static Set<Optimisation> optimisations(Precision precision, Processor processor) {
    return Target.of(Backend.ONEDNN, precision, processor).optimisations();
  }

  private static Set<Optimisation> allBut(Optimisation first, Optimisation... more) {
    return EnumSet.complementOf(EnumSet.of(first, more));
  }
}
