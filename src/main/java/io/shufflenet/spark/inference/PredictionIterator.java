package io.shufflenet.spark.inference;

import io.shufflenet.spark.dataset.ImageReader;
import io.shufflenet.spark.dataset.UnreadableImageException;
import io.shufflenet.spark.image.ImageDecoder;
import io.shufflenet.spark.image.ImageException;
import io.shufflenet.spark.image.ImageHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;

/**
 * The predictions of one partition: exactly one row for each image, in the images' order. It reads
 * and decodes ahead, as many images as the way to the device takes.
 */
final class PredictionIterator implements Iterator<Row> {
  /** Bounds what waits for an answer where most images are bad. */
  private static final int ROWS_PER_CROP = 8;

  private final Iterator<Row> images;
  private final ImageColumns columns;
  private final ImageReader reader;
  private final ImageDecoder decoder;
  private final Forward forward;
  private final PredictionRows rows;
  private final InferenceMetrics metrics;
  private final Queue<Prepared> ahead = new ArrayDeque<>();
  private int cropsAhead;

  /** An image on its way: either an answer to come or a failure. */
  private record Prepared(
      Source source, ImageHeader header, Forward.Answer answer, Failure failure) {}

  PredictionIterator(
      Iterator<Row> images,
      ImageColumns columns,
      ImageReader reader,
      ImageDecoder decoder,
      Forward forward,
      InferenceSettings settings,
      InferenceMetrics metrics) {
    this.images = images;
    this.columns = columns;
    this.reader = reader;
    this.decoder = decoder;
    this.forward = forward;
    this.rows = new PredictionRows(settings);
    this.metrics = metrics;
  }

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty() || hasRow();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    prepareAhead();
    Prepared image = ahead.remove();
    cropsAhead -= image.answer() == null ? 0 : 1;
    return predict(image);
  }

  private void prepareAhead() {
    int depth = forward.depth();
    while (cropsAhead < depth && ahead.size() < depth * ROWS_PER_CROP && hasRow()) {
      Prepared image = prepare(images.next());
      ahead.add(image);
      cropsAhead += image.answer() == null ? 0 : 1;
    }
  }

  /** A table's rows come with their bytes: asking for the next one is reading. */
  private boolean hasRow() {
    long started = System.nanoTime();
    try {
      return images.hasNext();
    } finally {
      metrics.read(System.nanoTime() - started);
    }
  }

  private Prepared prepare(Row row) {
    Source source = Source.of(row, columns);
    byte[] encoded;
    try {
      encoded = read(row, source);
    } catch (UnreadableImageException e) {
      return new Prepared(source, null, null, Failure.read(e.kind(), e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return decode(source.withLength(encoded.length), encoded);
  }

  private byte[] read(Row row, Source source) throws IOException {
    byte[] content = columns.content(row);
    if (content != null) {
      return content;
    }
    long started = System.nanoTime();
    try {
      return reader.read(source.path(), source.length());
    } finally {
      metrics.read(System.nanoTime() - started);
    }
  }

  private Prepared decode(Source source, byte[] encoded) {
    ImageHeader header = null;
    byte[] crop;
    try {
      header = ImageHeader.read(encoded);
      crop = decoder.decode(encoded, header, metrics);
    } catch (ImageException e) {
      Failure failure = new Failure("decode", e.kind().label(), e.getMessage());
      return new Prepared(source, header, null, failure);
    }
    return new Prepared(source, header, forward.submit(crop), null);
  }

  private Row predict(Prepared image) {
    if (image.failure() != null) {
      return failed(image, image.failure());
    }
    float[] output = image.answer().output();
    if (!Ranking.isFinite(output)) {
      return failed(
          image, new Failure("forward", "not-finite", "the network gave a NaN or infinite logit"));
    }
    metrics.predicted(1, 0);
    return rows.predicted(image.source(), image.header(), output);
  }

  private Row failed(Prepared image, Failure failure) {
    metrics.predicted(1, 1);
    return rows.failed(image.source(), image.header(), failure);
  }
}
