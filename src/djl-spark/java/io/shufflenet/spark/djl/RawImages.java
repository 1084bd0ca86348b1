package io.shufflenet.spark.djl;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import javax.imageio.ImageIO;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Tables of decoded images: the six columns of Spark's {@code image} format, in its order, which
 * DJL goes by, and {@link #PATH}. Pixels are BGR, row by row.
 */
final class RawImages {
  static final String PATH = "path";
  static final String PNG = "png";
  static final int CHANNELS = 3;

  // Columns' places: the rows that functions are given may have no schema.
  private static final int ORIGIN_AT = 0;
  private static final int HEIGHT_AT = 1;
  private static final int WIDTH_AT = 2;
  private static final int MODE_AT = 4;
  private static final int DATA_AT = 5;
  private static final int PATH_AT = 6;

  private RawImages() {}

  /** All files under a folder; one that Spark cannot decode has no channels. */
  static Dataset<Row> under(String folder, SparkSession spark) {
    UDF1<String, String> path = origin -> file(URI.create(origin));
    return spark
        .read()
        .format("image")
        .option("recursiveFileLookup", "true")
        .load(folder)
        .select("image.*")
        .withColumn(PATH, udf(path, DataTypes.StringType).apply(col("origin")));
  }

  /** A file's name as Hadoop and our classifier take it: nothing in it is encoded. */
  static String file(URI uri) {
    return new Path(uri).toString();
  }

  static String[] columns() {
    return new String[] {"origin", "height", "width", "nChannels", "mode", "data"};
  }

  /** The images' middle squares, resized to so many pixels a side. */
  static Dataset<Row> squares(Dataset<Row> images, int side) {
    MapFunction<Row, Row> square =
        image ->
            RowFactory.create(
                image.get(ORIGIN_AT),
                side,
                side,
                CHANNELS,
                image.get(MODE_AT),
                data(square(pixels(image), side)),
                image.get(PATH_AT));
    return images.map(square, Encoders.row(images.schema()));
  }

  /** Adds the images as PNG files, which hold the same pixels. */
  static Dataset<Row> withPng(Dataset<Row> images) {
    StructType schema = images.schema().add(PNG, DataTypes.BinaryType);
    MapFunction<Row, Row> withPng =
        image -> {
          Object[] values = new Object[schema.size()];
          for (int column = 0; column < image.size(); column++) {
            values[column] = image.get(column);
          }
          values[image.size()] = png(pixels(image));
          return RowFactory.create(values);
        };
    return images.map(withPng, Encoders.row(schema));
  }

  private static BufferedImage pixels(Row image) {
    BufferedImage pixels =
        new BufferedImage(
            image.getInt(WIDTH_AT), image.getInt(HEIGHT_AT), BufferedImage.TYPE_3BYTE_BGR);
    byte[] data = image.getAs(DATA_AT);
    System.arraycopy(data, 0, data(pixels), 0, data.length);
    return pixels;
  }

  private static byte[] data(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }

  private static BufferedImage square(BufferedImage image, int side) {
    BufferedImage square = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
    int shorter = Math.min(image.getWidth(), image.getHeight());
    int left = (image.getWidth() - shorter) / 2;
    int top = (image.getHeight() - shorter) / 2;
    Graphics2D graphics = square.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, side, side, left, top, left + shorter, top + shorter, null);
    graphics.dispose();
    return square;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }
}
