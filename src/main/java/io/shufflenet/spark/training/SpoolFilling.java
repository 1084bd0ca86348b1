package io.shufflenet.spark.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.shufflenet.spark.dataset.ImageReader;
import io.shufflenet.spark.dataset.ImageRows;
import io.shufflenet.spark.dataset.UnreadableImageException;
import io.shufflenet.spark.image.ImageDecoder;
import io.shufflenet.spark.image.ImageException;
import io.shufflenet.spark.image.ImageHeader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the images of rows in many threads, and gives a writer those that decode. The driver holds
 * the rows of one partition at a time.
 */
final class SpoolFilling {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFilling.class);
  private static final int FEWEST_THREADS = 4;
  private static final int WAITING_PER_THREAD = 4;

  private static final int PATH = 0;
  private static final int RELATIVE_PATH = 1;
  private static final int LABEL_INDEX = 2;
  private static final int CONTENT = 3;

  private final ImageReader reader;
  private final ImageDecoder decoder;
  private final SpoolWriter writer;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  SpoolFilling(ImageReader reader, ImageDecoder decoder, SpoolWriter writer) {
    this.reader = reader;
    this.decoder = decoder;
    this.writer = writer;
  }

  /**
   * @throws IOException if the images cannot all be read now, or not be written
   */
  void fill(Dataset<Row> rows) throws IOException {
    ThreadPoolExecutor threads = threads();
    try {
      handOut(rows.select(columns(rows)).toLocalIterator(), threads);
    } catch (Exception e) { // Spark throws what it does not declare
      failure.compareAndSet(
          null, new IOException("Cannot spool the images: Spark gave up on a task", e));
    }
    await(threads);
    throwFailure();
  }

  /** Where the queue is full, whoever hands out reads an image itself. */
  private static ThreadPoolExecutor threads() {
    int threads = Math.max(FEWEST_THREADS, Runtime.getRuntime().availableProcessors());
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(WAITING_PER_THREAD * threads),
        new CallerRunsPolicy());
  }

  private static Column[] columns(Dataset<Row> rows) {
    boolean holdsContent = Arrays.asList(rows.columns()).contains(ImageRows.CONTENT);
    return new Column[] {
      col(ImageRows.PATH),
      col(ImageRows.RELATIVE_PATH),
      col(ImageRows.LABEL_INDEX),
      holdsContent ? col(ImageRows.CONTENT) : lit(null).cast(DataTypes.BinaryType)
    };
  }

  private void handOut(Iterator<Row> rows, ThreadPoolExecutor threads) {
    while (failure.get() == null && rows.hasNext()) {
      Row row = rows.next();
      if (row.isNullAt(LABEL_INDEX)) {
        writer.skipUnlabelled();
      } else {
        threads.execute(() -> spool(row));
      }
    }
  }

  /** After a failure nothing is left running: what is to be deleted must not be written to. */
  private void await(ThreadPoolExecutor threads) {
    threads.shutdown();
    try {
      boolean done = false;
      while (!done && failure.get() == null) {
        done = threads.awaitTermination(1, TimeUnit.SECONDS);
      }
      threads.shutdownNow();
      if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("An image of the failed spool is still being read");
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
      failure.compareAndSet(null, new InterruptedIOException("Interrupted while spooling images"));
    }
  }

  private void throwFailure() throws IOException {
    Throwable first = failure.get();
    if (first instanceof IOException e) {
      throw e;
    }
    if (first instanceof RuntimeException e) {
      throw e;
    }
    if (first instanceof Error e) {
      throw e;
    }
  }

  private void spool(Row row) {
    if (failure.get() != null) {
      return;
    }
    try {
      byte[] encoded = read(row);
      // Whatever does not decode now would end the training in the midst of it.
      byte[] unused = decoder.decode(encoded, ImageHeader.read(encoded));
      writer.append(SpoolKey.of(name(row), encoded), row.getInt(LABEL_INDEX), encoded);
    } catch (UnreadableImageException e) {
      writer.skipFailed(e.kind(), example(row, e));
    } catch (ImageException e) {
      writer.skipFailed(e.kind().label(), example(row, e));
    } catch (IOException | RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  private byte[] read(Row row) throws IOException {
    if (!row.isNullAt(CONTENT)) {
      return row.getAs(CONTENT);
    }
    try {
      return reader.read(row.getString(PATH));
    } catch (UnreadableImageException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("Cannot spool the images: " + e.getMessage(), e);
    }
  }

  private static String name(Row row) {
    if (!row.isNullAt(RELATIVE_PATH)) {
      return row.getString(RELATIVE_PATH);
    }
    return row.isNullAt(PATH) ? "" : row.getString(PATH);
  }

  private static String example(Row row, Exception failure) {
    String path = row.isNullAt(PATH) ? name(row) : row.getString(PATH);
    return (path.isEmpty() ? "a row without a path" : path) + ": " + failure.getMessage();
  }
}
