package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
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
            "/lib64/libm.so.6: version `GLIBC_2.29' not found; it needs glibc 2.29")
        .hasCause(failure);
  }
}
