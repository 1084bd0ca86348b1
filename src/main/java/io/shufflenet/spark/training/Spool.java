package io.shufflenet.spark.training;

import io.shufflenet.spark.dataset.ImageReader;
import io.shufflenet.spark.dataset.ImageRows;
import io.shufflenet.spark.image.ImageDecoder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The encoded images of a training set on a local disk, for reading any of them at any time from
 * many threads. Images are numbered by a hash of their names and bytes, so the same set has the
 * same numbers however it was read. Memory holds 16 bytes for each.
 *
 * <p>The folder belongs to one open spool at a time, of whatever process.
 */
public final class Spool implements Closeable {
  private final SpoolFiles files;
  private final SpoolLock lock;
  private final SpoolIndex index;
  private final SpoolReader reader;

  private Spool(SpoolFiles files, SpoolLock lock, SpoolIndex index) throws IOException {
    this.files = files;
    this.lock = lock;
    this.index = index;
    this.reader = new SpoolReader(files.data());
  }

  /**
   * Reads every image with the index of a class once, and writes those that decode to the folder.
   * An earlier spool there is overwritten. A failure leaves nothing of the new one.
   *
   * @param folder on a local disk; made if it is not there
   * @param identity tells this set of images from others; {@link #open} asks for it
   * @param rows with the columns {@link ImageRows#PATH}, {@link ImageRows#RELATIVE_PATH} and {@link
   *     ImageRows#LABEL_INDEX}, and {@link ImageRows#CONTENT} where the input holds it; their
   *     partitions come to the driver one at a time
   * @param decoder an image that it refuses is left out
   * @param progress told of each row how many there have been so far, by one thread at a time
   * @throws IllegalArgumentException if no image is left
   * @throws IOException if another run uses the folder, the disk is full, or an image may be there
   *     and still cannot be read
   */
  public static Spool fill(
      Path folder,
      String identity,
      Dataset<Row> rows,
      ImageReader reader,
      ImageDecoder decoder,
      LongConsumer progress)
      throws IOException {
    SpoolFiles files = new SpoolFiles(folder);
    SpoolLock lock = files.takeFolder();
    try (SpoolWriter writer = new SpoolWriter(files, progress)) {
      new SpoolFilling(reader, decoder, writer).fill(rows);
      requireImages(writer.statistics());
      return new Spool(files, lock, writer.finish(identity));
    } catch (IOException | RuntimeException | Error e) {
      delete(files, lock, e);
      throw e;
    }
  }

  private static void requireImages(SpoolStatistics statistics) {
    if (statistics.spooled() == 0) {
      String example =
          statistics.failures().stream()
              .flatMap(failures -> failures.examples().stream())
              .findFirst()
              .map(first -> ", such as " + first)
              .orElse("");
      throw new IllegalArgumentException(
          "Cannot train: no image with a label could be read; %d have no label, %d failed%s"
              .formatted(statistics.unlabelled(), statistics.failed(), example));
    }
  }

  private static void delete(SpoolFiles files, SpoolLock lock, Throwable failure) {
    try {
      files.deleteAll(lock);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * The spool that was filled in this folder under the same identity; nothing where there is none,
   * or not a whole one.
   *
   * @throws IOException if another run uses the folder, or its files cannot be read
   */
  public static Optional<Spool> open(Path folder, String identity) throws IOException {
    SpoolFiles files = new SpoolFiles(folder);
    if (!Files.exists(files.index())) {
      return Optional.empty();
    }
    SpoolLock lock = SpoolLock.take(files);
    try {
      Optional<SpoolIndex> index = files.readIndex(identity);
      if (index.isPresent()) {
        return Optional.of(new Spool(files, lock, index.get()));
      }
    } catch (IOException e) {
      lock.close();
      throw e;
    }
    lock.close();
    return Optional.empty();
  }

  /** How many images there are, at least one. They are numbered from 0. */
  public int size() {
    return index.images().size();
  }

  /** The index of the image's class. */
  public int label(int image) {
    return index.images().labels()[image];
  }

  /**
   * The image's file, byte for byte. A thread that is interrupted meanwhile gets an exception;
   * others read on.
   *
   * @throws IOException if the disk fails, or the spool is closed
   */
  public byte[] encoded(int image) throws IOException {
    SpoolImages images = index.images();
    Objects.checkIndex(image, images.size());
    return reader.read(images.offsets()[image], images.lengths()[image]);
  }

  /**
   * Hexadecimal SHA-256 over names, bytes and labels of all images: two spools with the same one
   * hold the same images under the same numbers.
   */
  public String fingerprint() {
    return index.images().fingerprint();
  }

  /** What became of the rows that it was filled from, then or in an earlier run. */
  public SpoolStatistics statistics() {
    return index.statistics();
  }

  /** Leaves the files for {@link #open}. */
  @Override
  public void close() throws IOException {
    try (lock) {
      reader.close();
    }
  }

  /**
   * Closes it and removes its files, and the folder if nothing else is in it.
   *
   * @throws IllegalStateException if it is closed: the files may be another run's by now
   */
  public void delete() throws IOException {
    if (!lock.isHeld()) {
      throw new IllegalStateException(
          "Cannot delete the spool in %s: it is closed".formatted(files.folder()));
    }
    reader.close();
    files.deleteAll(lock);
  }
}
