package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  @ValueSource(strings = {"gpu0", "-1", "", "99999999999"})
  void refusesAnAddressThatIsNoDeviceNumber(String address) {
    assertThatThrownBy(
            () ->
                ComputeDevice.resolve(
                    DevicePolicy.GPU, List.of(address), DeviceResolutionTest::twoGpus))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use the GPU address '"
                + address
                + "' that Spark assigned (device = gpu): it is neither a device number nor a UUID;"
                + " conf/gpu-discovery.sh prints those");
  }

  @ParameterizedTest
  @CsvSource({"3,0", "MIG-c6d4,1", "GPU-5d5b,2"})
  void anAddressThatTheEnvironmentListsIsTheDeviceAtThatPlace(String address, int ordinal) {
    assertThat(
            ComputeDevice.resolve(
                DevicePolicy.GPU, List.of(address), DeviceResolutionTest::threeListed))
        .isEqualTo(ComputeDevice.gpu(ordinal));
  }

  @Test
  void refusesAnAddressThatTheEnvironmentDoesNotList() {
    assertThatThrownBy(
            () ->
                ComputeDevice.resolve(
                    DevicePolicy.GPU, List.of("0"), DeviceResolutionTest::threeListed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use the GPU address '0' that Spark assigned (device = gpu):"
                + " CUDA_VISIBLE_DEVICES = 3,MIG-c6d4,GPU-5d5b does not list it;"
                + " conf/gpu-discovery.sh prints what it lists");
  }

  @Test
  void readsWhatTheEnvironmentLists() {
    assertThat(VisibleDevices.listedIn("3, MIG-c6d4,GPU-5d5b"))
        .containsExactly("3", "MIG-c6d4", "GPU-5d5b");
    assertThat(VisibleDevices.listedIn(null)).isEmpty();
    assertThat(VisibleDevices.listedIn("")).isEmpty();
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
    return new CudaSupport(2, "", List.of());
  }

  private static CudaSupport threeListed() {
    return new CudaSupport(3, "", VisibleDevices.listedIn("3,MIG-c6d4,GPU-5d5b"));
  }

  private static CudaSupport noCuda() {
    return new CudaSupport(0, "the libtorch in /lib is built without CUDA", List.of());
  }

  private static CudaSupport notAsked() {
    throw new AssertionError("asked for CUDA");
  }
}
