package io.shufflenet.spark.image;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;

/** OpenCV as this host has it, for those who examine hosts; decoders load it by themselves. */
public final class ImageLibrary {
  private static final int FIRST_MINOR_OF_NEWER_GLIBC = 11;

  private ImageLibrary() {}

  /** The C library that this build's OpenCV needs at least, for example {@code 2.35}. */
  public static String requiredGlibc() {
    return opencv_core.CV_VERSION_MINOR >= FIRST_MINOR_OF_NEWER_GLIBC ? "2.35" : "2.29";
  }

  /** The C library of this host: {@code glibc} and its version, or {@code another C library}. */
  public static String hostLibrary() {
    return OpenCv.hostLibrary();
  }

  /**
   * Where OpenCV unpacks its native libraries; made if that is possible.
   *
   * @throws IOException if no folder serves
   */
  public static Path unpackFolder() throws IOException {
    return Loader.getCacheDir().toPath();
  }

  /**
   * Loads the library if that has not been done, and tells its version.
   *
   * @throws IllegalStateException if this host cannot load it; the message tells why
   */
  public static String load() {
    OpenCv.require();
    return "%d.%d.%d"
        .formatted(
            opencv_core.getVersionMajor(),
            opencv_core.getVersionMinor(),
            opencv_core.getVersionRevision());
  }
}
