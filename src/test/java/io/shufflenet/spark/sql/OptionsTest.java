package io.shufflenet.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class OptionsTest {
  @Test
  void aCatalogWithoutAModelIsToldOfTheSetting() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.ofCatalog("ours", Map.of("model", " ", "top-k", "3")))
        .withMessage(
            "Cannot classify images: spark.sql.catalog.ours.model is not set; it names a checkpoint");
    assertThat(Options.ofCatalog("ours", Map.of("Model", "/a.pth", "topK", "3")).topK())
        .isEqualTo(3);
  }
}
