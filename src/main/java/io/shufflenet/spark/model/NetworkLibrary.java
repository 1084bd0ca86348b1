package io.shufflenet.spark.model;

import ai.djl.util.Utils;
import java.nio.file.Path;

/** libtorch as this host has it, for those who examine hosts; classifiers load it by themselves. */
public final class NetworkLibrary {
  private NetworkLibrary() {}

  /** The C library that libtorch needs at least, for example {@code 2.29}. */
  public static String requiredGlibc() {
    return System.getProperty("os.arch").equals("aarch64") ? "2.32" : "2.29";
  }

  /** Where libtorch unpacks, or, where it need not, DJL's part of it. */
  public static Path unpackFolder() {
    return Utils.getEngineCacheDir("pytorch");
  }

  /**
   * Loads libtorch if that has not been done, and tells its version.
   *
   * @throws IllegalStateException if this host cannot load it; the message tells why
   */
  public static String load() {
    return Libtorch.engine().getVersion();
  }
}
