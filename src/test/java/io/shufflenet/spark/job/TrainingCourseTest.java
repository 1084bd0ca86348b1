package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.ModelDescription;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainingCourseTest {
  private static final String SETTINGS =
      "{\"train\": {\"batch-size\": 8, \"seed\": 0}, \"input\": {\"path\": \"/a\"}}";
  private static final List<String> CLASSES = List.of("cat", "dog");
  private static final List<String> IMAGES = List.of("0a", "0b");

  private final TrainingCourse begun = of(SETTINGS, "5eed", CLASSES).withImages(IMAGES);

  @Test
  void theSameIsTheSameAfterItWasWrittenAndRead() {
    TrainingCourse read = TrainingCourse.parse(begun.json());

    assertThatCode(() -> begun.requireSame(read)).doesNotThrowAnyException();
  }

  @Test
  void aChangedSettingIsNamedWithBothValues() {
    TrainingCourse changed = course(SETTINGS.replace("8", "16"), "5eed", CLASSES, IMAGES);

    assertThatThrownBy(() -> changed.requireSame(begun))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot go on with the unfinished run: train.batch-size is 16, and was 8 when it began."
                + " Make it as it was, or train into a new folder");
  }

  @Test
  void ofSeveralChangesTheFirstIsNamedAndTheOthersCounted() {
    TrainingCourse changed =
        course(SETTINGS.replace("8", "16").replace("/a", "/b"), "f00d", CLASSES, IMAGES);

    assertThatThrownBy(() -> changed.requireSame(begun))
        .hasMessageContaining(
            "input.path is \"/b\", and was \"/a\" when it began; 2 more differ. Make");
  }

  @Test
  void aSettingThatWasNotThereIsToldSo() {
    TrainingCourse changed =
        course(SETTINGS.replace("8", "8, \"rotate\": 1"), "5eed", CLASSES, IMAGES);

    assertThatThrownBy(() -> changed.requireSame(begun))
        .hasMessageContaining("train.rotate is 1, and was not there when it began");
  }

  @Test
  void otherWeightsAreRefused() {
    assertThatThrownBy(() -> course(SETTINGS, "f00d", CLASSES, IMAGES).requireSame(begun))
        .hasMessageContaining("start_weights_sha256 is \"f00d\", and was \"5eed\"");
  }

  @Test
  void otherClassesAreRefused() {
    List<String> others = List.of("cat", "eel");

    assertThatThrownBy(() -> course(SETTINGS, "5eed", others, IMAGES).requireSame(begun))
        .hasMessageContaining(
            "model.class_names is [\"cat\",\"eel\"], and was [\"cat\",\"dog\"] when it began");
  }

  @Test
  void otherImagesAreRefused() {
    List<String> others = List.of("0a", "0c");

    assertThatThrownBy(() -> course(SETTINGS, "5eed", CLASSES, others).requireSame(begun))
        .hasMessageContaining("images_sha256 is [\"0a\",\"0c\"], and was [\"0a\",\"0b\"]");
  }

  @Test
  void aLongValueIsCut() {
    List<String> others = List.of("cat", "d".repeat(1000));

    assertThatThrownBy(() -> course(SETTINGS, "5eed", others, IMAGES).requireSame(begun))
        .message()
        .contains("ddd..., and was [\"cat\",\"dog\"]")
        .hasSizeLessThan(400);
  }

  @Test
  void withoutImagesItIsTheSameBeforeTheyAreKnown() {
    TrainingCourse planned = of(SETTINGS, "5eed", CLASSES);

    assertThatCode(() -> planned.requireSame(begun.withoutImages())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"settings\": ", "[]", "nothing"})
  void aDamagedTextIsRefused(String text) {
    assertThatThrownBy(() -> TrainingCourse.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot go on with the unfinished run: training.json in its folder is damaged; delete"
                + " the folder to start anew");
  }

  private static TrainingCourse course(
      String settings, String start, List<String> classNames, List<String> images) {
    return of(settings, start, classNames).withImages(images);
  }

  @Test
  void anotherInputSizeOfTheModelIsRefused() {
    TrainingCourse changed =
        TrainingCourse.of(
                SETTINGS, "5eed", 2, new ModelDescription(Preprocessing.MEGVII.atSize(96), CLASSES))
            .withImages(IMAGES);

    assertThatThrownBy(() -> changed.requireSame(begun))
        .hasMessageContaining("model.input_size is 96, and was 224 when it began");
  }

  @Test
  void aNumberIsTheSameHoweverItIsWritten() {
    TrainingCourse written = course(SETTINGS.replace("8", "8.0E0"), "5eed", CLASSES, IMAGES);

    assertThatCode(() -> written.requireSame(begun)).doesNotThrowAnyException();
  }

  private static TrainingCourse of(String settings, String startSha256, List<String> classNames) {
    return TrainingCourse.of(
        settings,
        startSha256,
        classNames.size(),
        new ModelDescription(Preprocessing.MEGVII, classNames));
  }
}
