package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RedactionTest {
  @Test
  void passwordsInAddressesAreReplaced() {
    assertThat(Redaction.redact("s3a://key:secret@bucket/a@b")).isEqualTo("s3a://***@bucket/a@b");
  }

  @Test
  void otherTextStays() {
    assertThat(Redaction.redact("/data/a@b")).isEqualTo("/data/a@b");
  }
}
