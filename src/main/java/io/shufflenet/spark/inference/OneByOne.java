package io.shufflenet.spark.inference;

import io.shufflenet.spark.results.AttemptNotes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;

/**
 * The predictions of a partition under which executors die: an image is noted before it is begun,
 * and done before the next one is. One under which earlier attempts have died often enough is a
 * failure, and not tried again.
 */
final class OneByOne implements Iterator<Row> {
  /** Writes down what is under way: what tells an image from others, or nothing. */
  @FunctionalInterface
  interface Note {
    void write(String image) throws IOException;
  }

  private final Iterator<Row> images;
  private final ImageColumns columns;
  private final UnaryOperator<Row> tried;
  private final UnaryOperator<Row> crashed;
  private final List<String> deaths;
  private final Note note;

  /**
   * @param tried gives an image's prediction
   * @param crashed gives the row of one that is not tried
   * @param deaths the images under which earlier attempts died, once for each time
   */
  OneByOne(
      Iterator<Row> images,
      ImageColumns columns,
      UnaryOperator<Row> tried,
      UnaryOperator<Row> crashed,
      List<String> deaths,
      Note note) {
    this.images = images;
    this.columns = columns;
    this.tried = tried;
    this.crashed = crashed;
    this.deaths = deaths;
    this.note = note;
  }

  @Override
  public boolean hasNext() {
    return images.hasNext();
  }

  @Override
  public Row next() {
    Row image = images.next();
    String name = name(image);
    if (Collections.frequency(deaths, name) >= AttemptNotes.MOST_DEATHS) {
      return crashed.apply(image);
    }
    write(name);
    try {
      return tried.apply(image);
    } finally {
      write("");
    }
  }

  private void write(String image) {
    try {
      note.write(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The order of a partition's rows is another in each attempt: an image is what is decoded. */
  private String name(Row image) {
    byte[] content = columns.content(image);
    String path = String.valueOf(columns.string(image, columns.path()));
    return sha256(content == null ? path.getBytes(StandardCharsets.UTF_8) : content);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot compute SHA-256: every Java platform has it", e);
    }
  }
}
