package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

final class PredictionCourseTest {
  private static final String OLDER = "{\"inference.top-k\": 5}";

  @Test
  void aRunOfAnOlderVersionHasNoneOfWhatItDoesNotTell() {
    PredictionCourse now =
        course(
            """
            {"inference.top-k": 5, "classes.restrict": [], "inference.temperature": 1.0,
             "output.embedding": "none"}
            """);

    assertThatCode(() -> now.requireSame(json(OLDER))).doesNotThrowAnyException();
  }

  @Test
  void rowsWithoutAnEmbeddingAreNotKeptBesideRowsWithOne() {
    PredictionCourse now =
        course(
            """
            {"inference.top-k": 5, "classes.restrict": [], "inference.temperature": 1.0,
             "output.embedding": "pooled"}
            """);

    assertThatThrownBy(() -> now.requireSame(json(OLDER)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot resume: output.embedding is \"pooled\", and was \"none\" in the earlier run.");
  }

  private static PredictionCourse course(String facts) {
    return new PredictionCourse(json(facts));
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
