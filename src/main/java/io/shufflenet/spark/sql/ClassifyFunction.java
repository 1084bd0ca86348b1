package io.shufflenet.spark.sql;

import io.shufflenet.spark.dataset.ImageColumn;
import io.shufflenet.spark.inference.ImageFunction;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructType;

/** {@code classify}, before its argument's type is known. */
final class ClassifyFunction implements UnboundFunction {
  static final String NAME = "classify";

  private final Supplier<ImageFunction> images;

  ClassifyFunction(Supplier<ImageFunction> images) {
    this.images = images;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "classify(image): the class of an encoded image (binary), of the file at a path (string),"
        + " or of a struct<bytes: binary, path: string>";
  }

  /**
   * @throws UnsupportedOperationException if the arguments do not serve: what Spark expects
   */
  @Override
  public BoundFunction bind(StructType arguments) {
    if (arguments.size() != 1) {
      throw new UnsupportedOperationException(
          "Cannot classify %s arguments: it takes one, the image".formatted(arguments.size()));
    }
    DataType given = arguments.fields()[0].dataType();
    DataType type = given instanceof NullType ? DataTypes.BinaryType : given;
    try {
      StructType named = new StructType().add("argument", type);
      ImageColumn unused = ImageColumn.named(SparkSession.active(), named, "argument");
    } catch (IllegalArgumentException e) {
      throw new UnsupportedOperationException(e.getMessage(), e);
    }
    return new BoundClassifyFunction(images.get(), type);
  }
}
