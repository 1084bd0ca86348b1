package io.shufflenet.spark.inference;

import com.sun.management.OperatingSystemMXBean;
import io.shufflenet.spark.image.ImageLibrary;
import io.shufflenet.spark.model.NetworkLibrary;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * What native libraries will find in a JVM; nothing of them is unpacked or loaded to tell it.
 *
 * @param cLibrary as {@link ImageLibrary#hostLibrary} tells it
 * @param networkGlibc that libtorch needs at least
 * @param imageGlibc that OpenCV needs at least
 * @param heapBytes that Java may take
 * @param memoryBytes of the host, or what its container may take of it
 */
public record Surroundings(
    String host,
    String java,
    String cLibrary,
    String networkGlibc,
    String imageGlibc,
    UnpackFolder networkFolder,
    UnpackFolder imageFolder,
    long heapBytes,
    long memoryBytes)
    implements Serializable {

  /** Of this JVM. */
  public static Surroundings here() {
    String host = hostName();
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Surroundings(
        host,
        System.getProperty("java.version"),
        ImageLibrary.hostLibrary(),
        NetworkLibrary.requiredGlibc(),
        ImageLibrary.requiredGlibc(),
        UnpackFolder.of(NetworkLibrary::unpackFolder, host),
        UnpackFolder.of(ImageLibrary::unpackFolder, host),
        Runtime.getRuntime().maxMemory(),
        system.getTotalMemorySize());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }
}
