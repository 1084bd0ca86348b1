package io.shufflenet.spark.inference;

import static io.shufflenet.spark.inference.FakeDevice.crop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.inference.Forward.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeviceQueueTest {
  private static final int BATCH = 4;

  /** What a queue takes while the device is held: the first crop, a batch, and two that wait. */
  private static final int FULL = 1 + 3 * BATCH;

  @Test
  void oneCropIsAnsweredWithoutWaitingForMore() {
    FakeDevice device = FakeDevice.prompt(BATCH);
    try (DeviceQueue queue = new DeviceQueue("gpu:0", device);
        Forward task = task(queue)) {
      assertThat(task.submit(crop(7)).output()).containsExactly(7);
    }
  }

  @Test
  void cropsOfManyTasksAreGatheredWhileTheDeviceComputes() throws InterruptedException {
    FakeDevice device = FakeDevice.held(BATCH);
    try (DeviceQueue queue = new DeviceQueue("gpu:0", device);
        Forward one = task(queue);
        Forward other = task(queue)) {
      Answer first = one.submit(crop(0));
      device.awaitBatches(1);
      Answer second = one.submit(crop(1));
      Answer third = other.submit(crop(2));
      device.release();

      assertThat(first.output()).containsExactly(0);
      assertThat(second.output()).containsExactly(1);
      assertThat(third.output()).containsExactly(2);
      assertThat(device.batches()).containsExactly(List.of(0), List.of(1, 2));
    }
  }

  @Test
  void aFullBatchIsHandedOverWhileTheDeviceComputesAnother() throws InterruptedException {
    FakeDevice device = FakeDevice.held(BATCH);
    try (DeviceQueue queue = new DeviceQueue("gpu:0", device);
        Forward task = task(queue)) {
      task.submit(crop(0));
      device.awaitBatches(1);
      submit(task, 1, 1 + BATCH);
      device.awaitBatches(1);

      assertThat(device.batches()).containsExactly(List.of(0), List.of(1, 2, 3, 4));
      device.release();
    }
  }

  @Test
  void noBatchIsLargerThanTheDeviceComputesBest() throws InterruptedException {
    FakeDevice device = FakeDevice.held(BATCH);
    try (DeviceQueue queue = new DeviceQueue("gpu:0", device);
        Forward task = task(queue)) {
      List<Answer> answers = fill(device, task);
      device.release();

      assertThat(answers).allSatisfy(answer -> assertThat(answer.output()).hasSize(1));
      assertThat(device.batches()).extracting(List::size).containsExactly(1, BATCH, BATCH, BATCH);
    }
  }

  @Test
  void everyTaskGetsItsOwnAnswers() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (DeviceQueue queue = new DeviceQueue("gpu:0", FakeDevice.prompt(BATCH))) {
      List<Future<List<Float>>> results = new ArrayList<>();
      for (int task = 0; task < 4; task++) {
        int start = task * 30;
        results.add(threads.submit(() -> answers(queue, start, start + 30)));
      }

      for (int task = 0; task < 4; task++) {
        assertThat(results.get(task).get()).isEqualTo(floats(task * 30, task * 30 + 30));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aFailureReachesEveryTaskOfItsBatch() throws InterruptedException {
    FakeDevice device = FakeDevice.held(BATCH);
    try (DeviceQueue queue = new DeviceQueue("gpu:0", device);
        Forward one = task(queue);
        Forward other = task(queue)) {
      Answer before = one.submit(crop(0));
      device.awaitBatches(1);
      Answer faulty = one.submit(crop(FakeDevice.FAULT));
      Answer neighbour = other.submit(crop(1));
      device.release();

      assertThat(before.output()).containsExactly(0);
      for (Answer answer : List.of(faulty, neighbour)) {
        assertThatThrownBy(answer::output)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("Cannot classify on gpu:0: a fault")
            .hasCauseInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void afterAFailureTheDeviceServesOn() {
    try (DeviceQueue queue = new DeviceQueue("gpu:0", FakeDevice.prompt(BATCH));
        Forward task = task(queue)) {
      Answer faulty = task.submit(crop(FakeDevice.FAULT));
      assertThatThrownBy(faulty::output).hasMessageContaining("a fault");

      assertThat(task.submit(crop(3)).output()).containsExactly(3);
    }
  }

  @Test
  void aFullQueueMakesATaskWaitAndAnInterruptEndsThat() throws InterruptedException {
    FakeDevice device = FakeDevice.held(BATCH);
    try (DeviceQueue queue = new DeviceQueue("gpu:0", device);
        Forward task = task(queue)) {
      fill(device, task);
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> task.submit(crop(99)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Cannot classify on gpu:0: the task was interrupted while it waited");
      assertThat(Thread.interrupted()).isTrue();
      device.release();
    }
  }

  @Test
  void aTaskThatEndsEarlyTakesItsCropsOutAndMakesRoom() throws InterruptedException {
    FakeDevice device = FakeDevice.held(BATCH);
    try (DeviceQueue queue = new DeviceQueue("gpu:0", device);
        Forward other = task(queue)) {
      Forward ended = task(queue);
      fill(device, ended);
      ended.close();
      Answer answer = submitWithoutWaiting(other, 99);
      device.release();

      assertThat(answer.output()).containsExactly(99);
      assertThat(device.batches()).hasSize(3).endsWith(List.of(99));
    }
  }

  @Test
  void closingFailsTheTasksThatWait() throws InterruptedException {
    FakeDevice device = FakeDevice.held(BATCH);
    DeviceQueue queue = new DeviceQueue("gpu:0", device);
    Forward task = task(queue);
    List<Answer> answers = fill(device, task);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(queue::close);

    assertThatThrownBy(answers.get(FULL - 1)::output)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot classify on gpu:0: it is closed");
    device.release();
    closing.join();
    assertThat(answers.get(0).output()).containsExactly(0);
  }

  @Test
  void closingEndsItsThreads() {
    DeviceQueue queue = new DeviceQueue("gpu:closed", FakeDevice.prompt(BATCH));

    queue.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("gpu:closed"));
  }

  @Test
  void aClosedQueueTakesNothing() {
    DeviceQueue queue = new DeviceQueue("gpu:0", FakeDevice.prompt(BATCH));
    Forward task = task(queue);
    queue.close();

    assertThatThrownBy(() -> task.submit(crop(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot classify on gpu:0: it is closed");
  }

  @Test
  void everyImageIsToldItsShareOfTheDevicesTime() {
    List<Long> forwarded = new ArrayList<>();
    long started = System.nanoTime();
    try (DeviceQueue queue = new DeviceQueue("gpu:0", FakeDevice.prompt(BATCH));
        Forward task = queue.forTask(forwarded::add, nanos -> {})) {
      submit(task, 0, BATCH).forEach(Answer::output);
    }

    assertThat(forwarded).hasSize(BATCH).allMatch(nanos -> nanos >= 0);
    assertThat(forwarded.stream().mapToLong(Long::longValue).sum())
        .isLessThanOrEqualTo(System.nanoTime() - started);
  }

  private static Forward task(DeviceQueue queue) {
    return queue.forTask(nanos -> {}, nanos -> {});
  }

  private static List<Answer> submit(Forward task, int start, int end) {
    return IntStream.range(start, end).mapToObj(value -> task.submit(crop(value))).toList();
  }

  /** Puts as many crops into the queue of a held device as it takes. */
  private static List<Answer> fill(FakeDevice device, Forward task) throws InterruptedException {
    List<Answer> answers = new ArrayList<>();
    answers.add(task.submit(crop(0)));
    device.awaitBatches(1);
    answers.addAll(submit(task, 1, FULL));
    device.awaitBatches(1);
    return answers;
  }

  private static Answer submitWithoutWaiting(Forward task, int value) {
    Thread.currentThread().interrupt();
    try {
      return task.submit(crop(value));
    } finally {
      Thread.interrupted();
    }
  }

  private static List<Float> answers(DeviceQueue queue, int start, int end) {
    try (Forward task = task(queue)) {
      return submit(task, start, end).stream().map(answer -> answer.output()[0]).toList();
    }
  }

  private static List<Float> floats(int start, int end) {
    return IntStream.range(start, end).mapToObj(value -> (float) value).toList();
  }
}
