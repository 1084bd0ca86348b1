package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceResolutionTest {
  @Test
  void autoIsTheCpuWhereSparkAssignedNoGpu() {
    assertThat(ComputeDevice.resolve(DevicePolicy.AUTO, List.of(), DeviceResolutionTest::notAsked))
        .isEqualTo(ComputeDevice.CPU)
        .hasToString("cpu");
  }

  @Test
  void cpuIsTheCpuEvenWhereSparkAssignedAGpu() {
    assertThat(
            ComputeDevice.resolve(DevicePolicy.CPU, List.of("1"), DeviceResolutionTest::notAsked))
        .isEqualTo(ComputeDevice.CPU);
  }

  @ParameterizedTest
  @EnumSource(
      value = DevicePolicy.class,
      names = {"AUTO", "GPU"})
  void takesTheGpuThatSparkAssigned(DevicePolicy policy) {
    assertThat(ComputeDevice.resolve(policy, List.of("1", "0"), DeviceResolutionTest::twoGpus))
        .isEqualTo(ComputeDevice.gpu(1))
        .hasToString("gpu:1");
  }

  @Test
  void gpuTakesTheFirstWhereSparkAssignedNone() {
    assertThat(ComputeDevice.resolve(DevicePolicy.GPU, List.of(), DeviceResolutionTest::twoGpus))
        .isEqualTo(ComputeDevice.gpu(0));
  }

  @Test
  void gpuIsNeverSilentlyTheCpu() {
    assertThatThrownBy(
            () -> ComputeDevice.resolve(DevicePolicy.GPU, List.of(), DeviceResolutionTest::noCuda))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use a GPU (device = gpu): the libtorch in /lib is built without" + " CUDA");
  }

  @Test
  void anAssignedGpuIsNeverSilentlyTheCpu() {
    assertThatThrownBy(
            () ->
                ComputeDevice.resolve(
                    DevicePolicy.AUTO, List.of("0"), DeviceResolutionTest::noCuda))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use the GPU address '0' that Spark assigned (device = auto):"
                + " the libtorch in /lib is built without CUDA");
  }

  @Test
  void refusesAnAddressBeyondTheDevicesThatCudaSees() {
    assertThatThrownBy(
            () ->
                ComputeDevice.resolve(
                    DevicePolicy.AUTO, List.of("2"), DeviceResolutionTest::twoGpus))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use the GPU address '2' that Spark assigned (device = auto):"
                + " CUDA sees 2 device(s) here, numbered from 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GPU-8f4b", "-1", "", "99999999999"})
  void refusesAnAddressThatIsNoDeviceNumber(String address) {
    assertThatThrownBy(
            () ->
                ComputeDevice.resolve(
                    DevicePolicy.GPU, List.of(address), DeviceResolutionTest::twoGpus))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use the GPU address '"
                + address
                + "' that Spark assigned (device = gpu): it is not a device number;"
                + " the GPU discovery script must print numbers");
  }

  @Test
  void autoOfTheDriverIsTheFirstGpuThatCudaSees() {
    assertThat(ComputeDevice.ofDriver(DevicePolicy.AUTO, List.of(), DeviceResolutionTest::twoGpus))
        .isEqualTo(ComputeDevice.gpu(0));
  }

  @Test
  void autoOfTheDriverIsTheCpuWithoutCuda() {
    assertThat(ComputeDevice.ofDriver(DevicePolicy.AUTO, List.of(), DeviceResolutionTest::noCuda))
        .isEqualTo(ComputeDevice.CPU);
  }

  @Test
  void autoOfTheDriverTakesTheGpuThatSparkAssigned() {
    assertThat(
            ComputeDevice.ofDriver(DevicePolicy.AUTO, List.of("1"), DeviceResolutionTest::twoGpus))
        .isEqualTo(ComputeDevice.gpu(1));
  }

  private static CudaSupport twoGpus() {
    return new CudaSupport(2, "");
  }

  private static CudaSupport noCuda() {
    return new CudaSupport(0, "the libtorch in /lib is built without CUDA");
  }

  private static CudaSupport notAsked() {
    throw new AssertionError("asked for CUDA");
  }
}
