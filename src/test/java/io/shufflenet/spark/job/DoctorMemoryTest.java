package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

final class DoctorMemoryTest {
  private static final long MEBIBYTE = 1 << 20;

  private static DoctorMemory memory(String... keysAndValues) {
    SparkConf conf = new SparkConf(false);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      conf.set(keysAndValues[i], keysAndValues[i + 1]);
    }
    return DoctorMemory.of(conf, 89_478_485);
  }

  @Test
  void theOverheadIsWhatIsSetElseWhatSparkDerivesFromTheHeap() {
    assertThat(memory("spark.master", "yarn", "spark.executor.memoryOverhead", "5g"))
        .extracting(memory -> memory.overheadBytes().getAsLong())
        .isEqualTo(5120 * MEBIBYTE);
    assertThat(memory("spark.master", "yarn", "spark.executor.memory", "8g"))
        .extracting(memory -> memory.overheadBytes().getAsLong())
        .isEqualTo(819 * MEBIBYTE);
    assertThat(memory("spark.master", "k8s://https://host"))
        .extracting(memory -> memory.overheadBytes().getAsLong())
        .isEqualTo(384 * MEBIBYTE);
  }

  @Test
  void theOverheadDoesNotCountWhereNobodyEnforcesIt() {
    assertThat(
            memory("spark.master", "spark://host:7077", "spark.executor.memoryOverhead", "5g")
                .overheadBytes())
        .isEmpty();
  }

  @Test
  void theSettingsForClustersSufficeForTheirCores() {
    DoctorMemory cluster = memory("spark.master", "yarn", "spark.executor.memoryOverhead", "5g");
    DoctorMemory gpus = memory("spark.master", "yarn", "spark.executor.memoryOverhead", "9g");

    assertThat(cluster.neededBytes(4)).isLessThan(5120 * MEBIBYTE);
    assertThat(gpus.neededBytes(8)).isLessThan(9216 * MEBIBYTE);
  }
}
