package io.shufflenet.spark.inference;

import io.shufflenet.spark.dataset.ImageReader;
import io.shufflenet.spark.dataset.UnreadableImageException;
import io.shufflenet.spark.image.ImageDecoder;
import io.shufflenet.spark.image.ImageException;
import io.shufflenet.spark.image.ImageHeader;
import io.shufflenet.spark.model.Classifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/**
 * The predictions of one partition: exactly one row for each image, in the images' order. Batches
 * are filled with the images that could be decoded; the last one may be smaller.
 */
final class PredictionIterator implements Iterator<Row> {
  /** Bounds what waits for a full batch where most images are bad. */
  private static final int WAITING_PER_BATCH = 8;

  private final Iterator<Row> images;
  private final ImageColumns columns;
  private final ImageReader reader;
  private final ImageDecoder decoder;
  private final Classifier classifier;
  private final PredictionRows rows;
  private final int batchSize;
  private final InferenceMetrics metrics;
  private final Deque<Row> ready = new ArrayDeque<>();

  /** An image on its way: either a crop or a failure. */
  private record Prepared(Source source, ImageHeader header, byte[] crop, Failure failure) {}

  PredictionIterator(
      Iterator<Row> images,
      ImageColumns columns,
      ImageReader reader,
      ImageDecoder decoder,
      Classifier classifier,
      InferenceSettings settings,
      InferenceMetrics metrics) {
    this.images = images;
    this.columns = columns;
    this.reader = reader;
    this.decoder = decoder;
    this.classifier = classifier;
    this.rows = new PredictionRows(settings);
    this.batchSize = classifier.batchSize();
    this.metrics = metrics;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && images.hasNext()) {
      predict(nextBatch());
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private List<Prepared> nextBatch() {
    List<Prepared> batch = new ArrayList<>();
    int crops = 0;
    while (crops < batchSize && batch.size() < batchSize * WAITING_PER_BATCH && hasRow()) {
      Prepared image = prepare(images.next());
      batch.add(image);
      crops += image.crop() == null ? 0 : 1;
    }
    return batch;
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
      return reader.read(source.path());
    } finally {
      metrics.read(System.nanoTime() - started);
    }
  }

  private Prepared decode(Source source, byte[] encoded) {
    long started = System.nanoTime();
    ImageHeader header = null;
    try {
      header = ImageHeader.read(encoded);
      return new Prepared(source, header, decoder.decode(encoded, header), null);
    } catch (ImageException e) {
      Failure failure = new Failure("decode", e.kind().label(), e.getMessage());
      return new Prepared(source, header, null, failure);
    } finally {
      metrics.decoded(System.nanoTime() - started);
    }
  }

  private void predict(List<Prepared> batch) {
    Iterator<float[]> logits = forward(batch).iterator();
    int failures = 0;
    for (Prepared image : batch) {
      Failure failure = image.failure();
      float[] scores = failure == null ? logits.next() : null;
      if (scores != null && !Ranking.isFinite(scores)) {
        failure = new Failure("forward", "not-finite", "the network gave a NaN or infinite logit");
      }
      failures += failure == null ? 0 : 1;
      ready.add(
          failure == null
              ? rows.predicted(image.source(), image.header(), scores)
              : rows.failed(image.source(), image.header(), failure));
    }
    metrics.predicted(batch.size(), failures);
  }

  private List<float[]> forward(List<Prepared> batch) {
    List<byte[]> crops = new ArrayList<>(batchSize);
    for (Prepared image : batch) {
      if (image.crop() != null) {
        crops.add(image.crop());
      }
    }
    if (crops.isEmpty()) {
      return List.of();
    }
    long started = System.nanoTime();
    float[][] logits = classifier.logits(crops);
    metrics.forwarded(System.nanoTime() - started);
    return List.of(logits);
  }
}
