package io.shufflenet.spark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that answers as {@code nvidia-smi} does, in a folder of its own. */
final class FakeNvidiaSmi {
  static final String FIRST_UUID = "GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77";
  static final String SECOND_UUID = "GPU-6c1f9d0e-1a2b-4c3d-8e4f-0123456789ab";

  private FakeNvidiaSmi() {}

  /** Of a host with two GPUs. */
  static Path ofTwoGpus(Path folder) throws IOException {
    return saying(
        folder,
        """
        case $1 in
          -L)
            echo 'GPU 0: NVIDIA A100-SXM4-40GB (UUID: %1$s)'
            echo 'GPU 1: NVIDIA A100-SXM4-40GB (UUID: %2$s)' ;;
          --id=0) echo %1$s ;;
          --id=1) echo %2$s ;;
          *) exit 6 ;;
        esac
        """
            .formatted(FIRST_UUID, SECOND_UUID));
  }

  /**
   * That runs these lines.
   *
   * @param folder a new one
   */
  static Path saying(Path folder, String lines) throws IOException {
    Files.createDirectories(folder);
    return SparkDistribution.executable(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + lines);
  }
}
