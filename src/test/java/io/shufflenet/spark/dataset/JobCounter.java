package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Counts the Spark jobs that an action starts. */
final class JobCounter extends SparkListener {
  private static final String MARKER = "the job that ends the counting";

  private final AtomicInteger jobs = new AtomicInteger();
  private final CountDownLatch marked = new CountDownLatch(1);

  private JobCounter() {}

  /** Asserts that the action ends in an {@link IllegalArgumentException} before it starts a job. */
  static void assertRefused(SparkSession spark, ThrowingCallable action, String message)
      throws InterruptedException {
    JobCounter counter = new JobCounter();
    spark.sparkContext().addSparkListener(counter);
    Throwable thrown = catchThrowable(action);
    counter.awaitEvents(spark);
    spark.sparkContext().removeSparkListener(counter);
    assertThat(thrown)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("%s", message);
    assertThat(counter.jobs).hasValue(0);
  }

  /** Events come in order and late: a job of our own shows that all before it have come. */
  private void awaitEvents(SparkSession spark) throws InterruptedException {
    spark.sparkContext().setJobDescription(MARKER);
    spark.range(1).count();
    spark.sparkContext().setJobDescription(null);
    assertThat(marked.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    if (MARKER.equals(start.properties().getProperty("spark.job.description"))) {
      marked.countDown();
    } else if (marked.getCount() > 0) {
      jobs.incrementAndGet();
    }
  }
}
