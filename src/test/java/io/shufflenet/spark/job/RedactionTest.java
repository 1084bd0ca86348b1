package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {
  @ParameterizedTest
  @CsvSource({
    "s3a://key:secret@bucket/a@b, s3a://***@bucket/a@b",
    "s3a://KEY:SEC/RET+/x=@bucket/a, s3a://***@bucket/a",
    "ftp://anonymous@host/a, ftp://***@host/a",
    "Cannot read sftp://me:pw@h:22/x: no, Cannot read sftp://***@h:22/x: no"
  })
  void passwordsInAddressesAreReplaced(String text, String redacted) {
    assertThat(Redaction.redact(text)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @CsvSource({
    "fs.s3a.secret.key=SECRET, fs.s3a.secret.key=***",
    "spark.hadoop.fs.s3a.access.key=SECRET, spark.hadoop.fs.s3a.access.key=***",
    "spark.hadoop.fs.s3a.session.token:SECRET, spark.hadoop.fs.s3a.session.token:***",
    "fs.azure.account.key.me.blob.core.windows.net=SECRET==, fs.azure.account.key.me.blob.core.windows.net=***",
    "'Unknown option: ''--Password=SECRET\"''', 'Unknown option: ''--Password=***\"'''",
    "jdbc:postgresql://h/db?user=me&password=SECRET&ssl=true, jdbc:postgresql://h/db?user=me&password=***&ssl=true",
    "https://b/x?X-Amz-Credential=AK/1&X-Amz-Signature=SECRET gone, https://b/x?X-Amz-Credential=***&X-Amz-Signature=*** gone",
    "wasbs://b/x?sv=1&sig=SECRET%3D, wasbs://b/x?sv=1&sig=***"
  })
  void valuesOfWhatIsCalledASecretAreReplaced(String text, String redacted) {
    assertThat(Redaction.redact(text)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/data/a@b",
        "hdfs://node:8020/data/a@b",
        "s3a://bucket/a:b@c",
        "Cannot use the key input.pth (--set): the nearest is input.path",
        "inference.top-k=5",
        "unexpected token: 'x'",
        "/secret/monkey=1.jpg"
      })
  void otherTextStays(String text) {
    assertThat(Redaction.redact(text)).isEqualTo(text);
  }

  @Test
  void jsonStaysJson() {
    JsonObject settings = new JsonObject();
    settings.addProperty("url", "jdbc:x?password=a\"b\\c&d=\"e\"");
    settings.addProperty("end", "/data/token=");
    settings.addProperty("root", "ftp://me:p\"w@host/x");
    settings.addProperty("last", "/data/a");

    JsonObject redacted =
        JsonParser.parseString(Redaction.redact(settings.toString())).getAsJsonObject();

    assertThat(redacted.get("url").getAsString()).isEqualTo("jdbc:x?password=***&d=\"e\"");
    assertThat(redacted.get("end").getAsString()).isEqualTo("/data/token=");
    assertThat(redacted.get("last").getAsString()).isEqualTo("/data/a");
  }

  @Test
  void aLineHoldsNoLineBreak() {
    assertThat(Redaction.line("/data/a\nError: password=x"))
        .isEqualTo("/data/a\\nError: password=***");
  }
}
