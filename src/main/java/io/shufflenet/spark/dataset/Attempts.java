package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.security.AccessControlException;

/**
 * How often a file is tried: what may pass (throttling, a timeout, a lost connection) again with
 * growing pauses, access denied and what is an {@link UnreadableImageException} once.
 *
 * @param retried hears of every attempt after a file's first
 * @param patience how long after the first one another may begin
 */
record Attempts(Runnable retried, Duration patience) {
  /**
   * Clients of object stores try again by themselves, for minutes or hours as they are set: whoever
   * has waited for one this long is not made to wait as long again.
   */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int MOST = 4;
  private static final long FIRST_PAUSE_MILLIS = 250;

  /** One attempt. */
  interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * @param path of the file, for messages
   * @throws UnreadableImageException as the reading does
   * @throws IOException if access is denied or the last attempt failed
   */
  <T> T of(String path, Reading<T> reading) throws IOException {
    long started = System.nanoTime();
    long pause = FIRST_PAUSE_MILLIS;
    for (int attempt = 1; ; attempt++) {
      try {
        return reading.read();
      } catch (UnreadableImageException e) {
        throw e;
      } catch (AccessControlException | AccessDeniedException e) {
        throw new IOException("Cannot read " + path + ": access denied", e);
      } catch (IOException e) {
        if (attempt == MOST || System.nanoTime() - started >= patience.toNanos()) {
          String attempts = attempt == 1 ? " attempt" : " attempts";
          throw new IOException("Cannot read " + path + " after " + attempt + attempts, e);
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
      if (Thread.interrupted()) {
        throw new InterruptedIOException("Interrupted while reading " + path);
      }
      pause *= 4;
      retried.run();
    }
  }
}
