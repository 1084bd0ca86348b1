package io.shufflenet.spark.image;

import com.sun.jna.NativeLibrary;
import io.shufflenet.spark.image.ImageException.Kind;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * OpenCV's native library, loaded once: silent on bad images, and working on its caller's thread
 * alone.
 */
final class OpenCv {
  private static final int COLOUR_AS_STORED =
      opencv_imgcodecs.IMREAD_COLOR | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;

  private static final String MEMORY_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  private static boolean loaded;

  private OpenCv() {}

  /**
   * Loads the library if that has not been done.
   *
   * @throws IllegalStateException if this host cannot load it
   */
  static synchronized void require() {
    if (loaded) {
      return;
    }
    try {
      load();
      loaded = true;
    } catch (LinkageError | RuntimeException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new IllegalStateException(explanation(root.getMessage(), hostLibrary()), e);
    }
  }

  static String explanation(String reason, String hostLibrary) {
    return ("Cannot load OpenCV's native library: this host has %s, and it needs glibc 2.35, or"
            + " 2.29 where the project is built with the Maven profile old-glibc (%s)")
        .formatted(hostLibrary, reason);
  }

  /**
   * Puts the image's pixels, blue, green, red, as they are stored, into {@code pixels}.
   *
   * @throws ImageException {@code CORRUPT} if there are none
   */
  static void decode(byte[] encoded, Mat pixels) throws ImageException {
    try (BytePointer bytes = new BytePointer(encoded);
        Mat buffer = new Mat(1, encoded.length, opencv_core.CV_8UC1, bytes);
        Mat decoded = opencv_imgcodecs.imdecode(buffer, COLOUR_AS_STORED, pixels)) {
      if (decoded.empty()) {
        throw new ImageException(Kind.CORRUPT, "its data are damaged");
      }
    }
  }

  /** Whether a JPEG whose data end too early is refused; older versions fill it up with grey. */
  static boolean refusesTruncatedJpegs() {
    return opencv_core.getVersionMajor() > 4 || opencv_core.getVersionMinor() >= 13;
  }

  /** What an exception of OpenCV's means for the image at hand. */
  static ImageException failure(RuntimeException cause) {
    String message = String.valueOf(cause.getMessage());
    boolean memory = message.contains("(-4:") || message.contains("bad_alloc");
    return memory
        ? new ImageException(Kind.TOO_LARGE, "there is no memory for its pixels")
        : new ImageException(Kind.CORRUPT, "its data cannot be decoded: " + message);
  }

  private static void load() {
    if (System.getProperty(MEMORY_LIMIT) == null) {
      // JavaCPP would count all of the process, libtorch included, and throw OutOfMemoryError.
      System.setProperty(MEMORY_LIMIT, "0");
    }
    silence();
    Loader.load(opencv_imgproc.class);
    Loader.load(opencv_imgcodecs.class);
    opencv_core.setNumThreads(0);
  }

  /** OpenCV logs each bad image, and takes its log level from the environment alone. */
  private static void silence() {
    try {
      NativeLibrary.getProcess()
          .getFunction("setenv")
          .invokeInt(new Object[] {"OPENCV_LOG_LEVEL", "SILENT", 0});
    } catch (LinkageError e) {
      // Without JNA OpenCV is loud, and otherwise the same.
    }
  }

  static String hostLibrary() {
    try {
      return "glibc "
          + NativeLibrary.getProcess()
              .getFunction("gnu_get_libc_version")
              .invokeString(new Object[0], false);
    } catch (LinkageError e) {
      return "another C library";
    }
  }
}
