package io.shufflenet.spark.job;

import io.shufflenet.spark.dataset.ImageReader;
import io.shufflenet.spark.dataset.UnreadableImageException;
import io.shufflenet.spark.image.ImageException;
import io.shufflenet.spark.image.ThumbnailEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Makes thumbnails of images, rows of path, relative path and, where it is there, content: rows of
 * path, relative path and JPEG, without those that cannot be read. Where a file system does not
 * answer, the partition's other images are not asked for.
 */
final class MakeThumbnails implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;
  private static final int PATH = 0;
  private static final int RELATIVE_PATH = 1;
  private static final int CONTENT = 2;

  private final int side;
  private final int maxBytes;
  private final long maxPixels;
  private final Broadcast<SerializableConfiguration> configuration;

  MakeThumbnails(
      int side, int maxBytes, long maxPixels, Broadcast<SerializableConfiguration> configuration) {
    this.side = side;
    this.maxBytes = maxBytes;
    this.maxPixels = maxPixels;
    this.configuration = configuration;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> images) {
    ImageReader reader = new ImageReader(configuration.value().value(), maxBytes);
    ThumbnailEncoder encoder = new ThumbnailEncoder(side, maxPixels);
    List<Row> thumbnails = new ArrayList<>();
    try {
      while (images.hasNext()) {
        Row image = images.next();
        byte[] jpeg = jpeg(image, reader, encoder);
        if (jpeg != null) {
          thumbnails.add(
              RowFactory.create(image.getString(PATH), image.getString(RELATIVE_PATH), jpeg));
        }
      }
    } catch (IOException e) {
      return thumbnails
          .iterator(); // of a file system that refuses or fails: no picture is worth it
    }
    return thumbnails.iterator();
  }

  private static byte[] jpeg(Row image, ImageReader reader, ThumbnailEncoder encoder)
      throws IOException {
    try {
      return encoder.encode(
          image.isNullAt(CONTENT) ? reader.read(image.getString(PATH)) : image.getAs(CONTENT));
    } catch (UnreadableImageException | ImageException e) {
      return null;
    }
  }
}
