package io.shufflenet.spark.training;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.function.LongConsumer;

/** Writes a spool's files from many threads. A spool that is not finished is none. */
final class SpoolWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final SpoolFiles files;
  private final LongConsumer progress;
  private final OutputStream data;
  private final SpoolEntries entries = new SpoolEntries();
  private final SpoolFailures failures = new SpoolFailures();
  private long written;
  private long unlabelled;
  private long rows;

  /**
   * Overwrites what is in the folder.
   *
   * @param progress told of each row how many there have been so far, by one thread at a time
   */
  SpoolWriter(SpoolFiles files, LongConsumer progress) throws IOException {
    this.files = files;
    this.progress = progress;
    try {
      files.deleteIndex();
      this.data = new BufferedOutputStream(Files.newOutputStream(files.data()), BUFFER_BYTES);
    } catch (IOException e) {
      throw files.cannotWrite(e);
    }
  }

  synchronized void append(SpoolKey key, int label, byte[] encoded) throws IOException {
    try {
      data.write(encoded);
    } catch (IOException e) {
      throw files.cannotWrite(e);
    }
    entries.add(key, label, written, encoded.length);
    written += encoded.length;
    progress.accept(++rows);
  }

  synchronized void skipFailed(String kind, String example) {
    failures.add(kind, example);
    progress.accept(++rows);
  }

  synchronized void skipUnlabelled() {
    unlabelled++;
    progress.accept(++rows);
  }

  synchronized SpoolStatistics statistics() {
    return new SpoolStatistics(entries.size(), unlabelled, failures.byKind());
  }

  /** What was written, once it is safe on the disk. */
  synchronized SpoolIndex finish(String identity) throws IOException {
    SpoolIndex index = new SpoolIndex(identity, written, entries.sorted(), statistics());
    try {
      data.close();
      SpoolFiles.sync(files.data());
      files.write(index);
    } catch (IOException e) {
      throw files.cannotWrite(e);
    }
    return index;
  }

  @Override
  public synchronized void close() throws IOException {
    data.close();
  }
}
