package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Puts the bytes of each image beside what a row says of it, one image at a time. A row whose image
 * cannot be read keeps its path and gets no bytes.
 */
final class ReadContent implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  private final int columns;
  private final int path;
  private final int length;
  private final int content;
  private final int maxBytes;
  private final Broadcast<SerializableConfiguration> configuration;
  private final LongAccumulator unreadable;

  /**
   * @param rows the schema of {@link ImageInput#rows()}
   * @param maxBytes longest file that is read
   * @param unreadable counts rows without bytes
   */
  ReadContent(
      StructType rows,
      int maxBytes,
      Broadcast<SerializableConfiguration> configuration,
      LongAccumulator unreadable) {
    boolean holdsContent = rows.getFieldIndex(ImageRows.CONTENT).isDefined();
    this.columns = holdsContent ? rows.length() - 1 : rows.length();
    this.path = rows.fieldIndex(ImageRows.PATH);
    this.length = rows.fieldIndex(ImageRows.LENGTH);
    this.content = holdsContent ? columns : -1;
    this.maxBytes = maxBytes;
    this.configuration = configuration;
    this.unreadable = unreadable;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    ImageReader reader = new ImageReader(configuration.value().value(), maxBytes);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return withContent(rows.next(), reader);
      }
    };
  }

  private Row withContent(Row row, ImageReader reader) {
    Object[] values = new Object[columns + 1];
    for (int column = 0; column < columns; column++) {
      values[column] = row.get(column);
    }
    byte[] bytes = bytes(row, reader);
    values[columns] = bytes;
    if (bytes != null) {
      values[length] = (long) bytes.length;
    }
    return RowFactory.create(values);
  }

  private byte[] bytes(Row row, ImageReader reader) {
    if (content >= 0 && !row.isNullAt(content)) {
      return row.getAs(content);
    }
    try {
      return reader.read(
          row.getString(path), row.isNullAt(length) ? null : (Long) row.getLong(length));
    } catch (UnreadableImageException e) {
      unreadable.add(1);
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + row.getString(path), e);
    }
  }
}
