package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LibtorchTest {
  @Test
  void aLibraryThatCannotBeLoadedSaysWhyAndWhatItNeeds() {
    EngineException failure =
        new EngineException(
            "Failed to load PyTorch native library",
            new UnsatisfiedLinkError("/lib64/libm.so.6: version `GLIBC_2.29' not found"));

    assertThat(Libtorch.loadFailure(failure))
        .hasMessageStartingWith("Cannot load libtorch on ")
        .hasMessageContaining(
            "/lib64/libm.so.6: version `GLIBC_2.29' not found; it needs pytorch-jni")
        .hasCause(failure);
  }

  @Test
  void jarsThatAreNotThereAreNamed() {
    EngineException failure =
        new EngineException("Failed", new IOException("Offline mode is enabled."));

    assertThat(Libtorch.loadFailure(failure))
        .hasMessageContaining(
            ": its jars are not on the class path; it needs pytorch-jni and pytorch-native of this"
                + " platform (Spark: --jars with all of dist/lib), glibc 2.29 or later, and ");
  }
}
