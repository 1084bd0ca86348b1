package io.shufflenet.spark.inference;

import static io.shufflenet.spark.inference.FakeDevice.crop;
import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.inference.Forward.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InTurnTest {
  private final FakeDevice device = FakeDevice.prompt(3);
  private final List<Long> forwarded = new ArrayList<>();
  private final Forward forward = new InTurn(device, forwarded::add);

  @Test
  void aFullBatchIsComputedAtOnce() {
    for (int value = 0; value < 7; value++) {
      forward.submit(crop(value));
    }

    assertThat(device.batches()).containsExactly(List.of(0, 1, 2), List.of(3, 4, 5));
  }

  @Test
  void anAnswerThatIsAskedForIsComputedWithWhatIsThere() {
    forward.submit(crop(4));
    Answer second = forward.submit(crop(5));

    assertThat(second.output()).containsExactly(5);
    assertThat(device.batches()).containsExactly(List.of(4, 5));
  }

  @Test
  void afterAPartialBatchTheNextOneStartsAnew() {
    Answer first = forward.submit(crop(1));
    first.output();
    Answer second = forward.submit(crop(2));

    assertThat(second.output()).containsExactly(2);
    assertThat(device.batches()).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void eachBatchIsTimedOnce() {
    List<Answer> answers = new ArrayList<>();
    for (int value = 0; value < 4; value++) {
      answers.add(forward.submit(crop(value)));
    }
    answers.forEach(Answer::output);

    assertThat(forwarded).hasSize(2);
  }
}
