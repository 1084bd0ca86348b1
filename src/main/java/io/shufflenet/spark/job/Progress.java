package io.shufflenet.spark.job;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what the run is doing: one live line on a terminal, a line every half minute in a log. A
 * step is told when it begins and whenever it is due.
 */
final class Progress implements AutoCloseable {
  /** Set by the scripts where standard error is a terminal. */
  private static final String TERMINAL = "shufflenet.terminal";

  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  private static final int LOG_SECONDS = 30;

  private final boolean terminal = Boolean.getBoolean(TERMINAL);
  private final Timer timer = new Timer("progress", true);
  private Supplier<String> step = () -> "";
  private int width;
  private boolean closed;

  Progress() {
    long period = TimeUnit.SECONDS.toMillis(terminal ? 1 : LOG_SECONDS);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            tell();
          }
        },
        period,
        period);
  }

  /** Begins a step; {@code line} is asked anew each time and must be quick. */
  synchronized void step(Supplier<String> line) {
    step = line;
    tell();
  }

  /** Tells something that stays. */
  synchronized void say(String line) {
    if (!terminal) {
      LOG.info(line);
      return;
    }
    System.err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())) + "\n");
    width = 0;
    tell();
  }

  /** Prints to standard output, which may be the same terminal, without passwords. */
  synchronized void print(String line) {
    if (!closed && terminal) {
      System.err.print("\r" + " ".repeat(width) + "\r");
      System.err.flush();
      width = 0;
    }
    System.out.println(Redaction.line(line));
  }

  private synchronized void tell() {
    String line = step.get();
    if (closed || line.isEmpty()) {
      return;
    }
    if (!terminal) {
      LOG.info(line);
      return;
    }
    System.err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    System.err.flush();
    width = line.length();
  }

  @Override
  public synchronized void close() {
    if (!closed && terminal) {
      System.err.print("\r" + " ".repeat(width) + "\r");
    }
    closed = true;
    timer.cancel();
  }
}
