package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.inference.Forward.Answer;
import io.shufflenet.spark.model.Classifier;
import io.shufflenet.spark.model.ComputeDevice;
import io.shufflenet.spark.model.NetworkOutput;
import io.shufflenet.spark.model.PrecisionPolicy;
import io.shufflenet.spark.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class DeviceQueueIT {
  private static final int TASKS = 3;
  private static final int CROPS_OF_A_TASK = 21;

  @Test
  void aClassifierGivesTheSameBitsThroughTheQueueAsDirectly() throws Exception {
    List<byte[]> crops = crops(TASKS * CROPS_OF_A_TASK);
    ExecutorService threads = Executors.newFixedThreadPool(TASKS);
    try (Classifier classifier = classifier();
        DeviceQueue queue = new DeviceQueue("gpu:0", Device.of(classifier))) {
      float[][] expected = classifier.logits(crops);
      List<Future<float[][]>> results = new ArrayList<>();
      for (int task = 0; task < TASKS; task++) {
        int start = task * CROPS_OF_A_TASK;
        List<byte[]> own = crops.subList(start, start + CROPS_OF_A_TASK);
        results.add(threads.submit(() -> outputs(queue, own)));
      }

      List<float[]> actual = new ArrayList<>();
      for (Future<float[][]> result : results) {
        actual.addAll(List.of(result.get()));
      }
      assertThat(actual.toArray(float[][]::new)).isDeepEqualTo(expected);
    } finally {
      threads.shutdown();
    }
  }

  private static float[][] outputs(DeviceQueue queue, List<byte[]> crops) {
    try (Forward task = queue.forTask(nanos -> {}, nanos -> {})) {
      List<Answer> answers = crops.stream().map(task::submit).toList();
      return answers.stream().map(Answer::output).toArray(float[][]::new);
    }
  }

  private static Classifier classifier() throws IOException {
    byte[] file = Files.readAllBytes(GoldenFiles.CHECKPOINT);
    return Classifier.load(
        Weights.read(file, "golden"),
        Preprocessing.MEGVII,
        ComputeDevice.CPU,
        PrecisionPolicy.FP32,
        NetworkOutput.LOGITS);
  }

  private static List<byte[]> crops(int count) {
    Random random = new Random(11);
    List<byte[]> crops = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      byte[] crop = new byte[224 * 224 * 3];
      random.nextBytes(crop);
      crops.add(crop);
    }
    return crops;
  }
}
