package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What the pattern of {@code conf/log4j2.properties} makes of Spark's log lines and ours. */
final class LoggingTest {
  @Test
  void aLineHasTimeLevelAndLogger() throws IOException {
    assertThat(logged("predicting 360 images", null))
        .matches("\\d\\d:\\d\\d:\\d\\d INFO Progress: predicting 360 images\n");
  }

  @Test
  void aLineOfARunTellsItsName() throws IOException {
    RunName run = RunName.now();
    run.markLogs();
    try {
      assertThat(logged("predicting 360 images", null))
          .matches("\\d\\d:\\d\\d:\\d\\d " + run.id() + " INFO Progress: predicting 360 images\n");
    } finally {
      MDC.clear();
    }
  }

  @Test
  void passwordsAreLeftOutOfMessagesAndStackTraces() throws IOException {
    IOException failure =
        new IOException(
            "Cannot read ftp://me:pa55@host/a.jpg", new IOException("?X-Amz-Signature=pa55"));

    assertThat(logged("Lost task 0: fs.s3a.secret.key=pa55, s3a://AK:pa55@b/x", failure))
        .doesNotContain("pa55")
        .contains("fs.s3a.secret.key=***, s3a://***@b/x")
        .containsOnlyOnce("IOException: Cannot read ftp://***@host/a.jpg")
        .contains("Caused by: java.io.IOException: ?X-Amz-Signature=***");
  }

  @Test
  void ofAStackTraceTheFirstLinesAreTold() throws IOException {
    String frames = "\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)";
    String spark = "Lost task 0: java.io.IOException: Cannot read a" + frames + frames;

    String logged = logged(spark + "\nCaused by: b.C: no" + frames + frames, new IOException("x"));

    assertThat(logged)
        .contains("Cannot read a" + frames + "\nCaused by: b.C: no" + frames + "\n")
        .containsPattern("IOException: x\n\tat io[^\n]*ofAStackTrace[^\n]*\n\tat [^\n]*\n?$");
  }

  @Test
  void terminalsAreNotGivenCommands() throws IOException {
    assertThat(logged("a\u001b[2J\u0007b\tc", null)).endsWith("Progress: a?[2J?b\tc\n");
  }

  private static String logged(String message, Throwable thrown) throws IOException {
    Properties configuration = new Properties();
    Path file = Path.of(System.getProperty("basedir"), "conf", "log4j2.properties");
    try (var in = Files.newBufferedReader(file)) {
      configuration.load(in);
    }
    String layout = "appender.stderr.layout.";
    return PatternLayout.newBuilder()
        .withPattern(configuration.getProperty(layout + "pattern"))
        .withAlwaysWriteExceptions(
            Boolean.parseBoolean(
                configuration.getProperty(layout + "alwaysWriteExceptions", "true")))
        .build()
        .toSerializable(
            Log4jLogEvent.newBuilder()
                .setLoggerName(Progress.class.getName())
                .setLevel(Level.INFO)
                .setMessage(new SimpleMessage(message))
                .setThrown(thrown)
                .build());
  }
}
