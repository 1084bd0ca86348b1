package io.shufflenet.spark.inference;

import io.shufflenet.spark.image.ImageLibrary;
import io.shufflenet.spark.model.NetworkLibrary;
import java.io.Serializable;

/**
 * Whether a JVM can load the native libraries.
 *
 * @param network libtorch's version
 * @param images OpenCV's version
 */
public record Natives(Finding<String> network, Finding<String> images) implements Serializable {

  /** Loads the libraries once for the JVM: why that failed is told at the first attempt alone. */
  private static final class OfThisJvm {
    static final Natives LOADED =
        new Natives(Finding.attempt(NetworkLibrary::load), Finding.attempt(ImageLibrary::load));
  }

  /** Of this JVM. */
  public static Natives here() {
    return OfThisJvm.LOADED;
  }

  public boolean areLoaded() {
    return network.isFound() && images.isFound();
  }
}
