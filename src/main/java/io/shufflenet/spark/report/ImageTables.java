package io.shufflenet.spark.report;

import io.shufflenet.spark.evaluation.NotableImage;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Images with their pictures, for a page. Without full paths, which may hold a password. */
final class ImageTables {
  private static final StructType SCHEMA =
      new StructType()
          .add("relative_path", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("predicted", DataTypes.StringType)
          .add("probability", DataTypes.DoubleType)
          .add("label_probability", DataTypes.DoubleType)
          .add("second", DataTypes.StringType)
          .add("second_probability", DataTypes.DoubleType)
          .add("thumbnail", DataTypes.StringType);

  private ImageTables() {}

  /**
   * @param thumbnails base 64, of those that have one
   */
  static Table of(String name, List<NotableImage> images, Map<NotableImage, String> thumbnails) {
    return new Table(
        name,
        SCHEMA,
        List.of(),
        images.stream()
            .map(
                image ->
                    RowFactory.create(
                        image.relativePath(),
                        image.label(),
                        image.predicted(),
                        image.probability(),
                        image.labelProbability(),
                        image.second(),
                        image.secondProbability(),
                        thumbnails.get(image)))
            .toList());
  }
}
