package io.shufflenet.spark.sql;

import io.shufflenet.spark.inference.ImageFunction;
import java.util.Objects;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/**
 * {@code classify} for arguments of one type: binary, string or {@code struct<bytes, path>}. It
 * says of itself that it is not deterministic, though it is, for Spark repeats what is: a filter on
 * its result would classify each image up to three times.
 */
final class BoundClassifyFunction implements ScalarFunction<InternalRow> {
  private static final long serialVersionUID = 1;

  private final ImageFunction images;
  private final DataType type;
  private transient Function1<Object, Object> converter;

  BoundClassifyFunction(ImageFunction images, DataType type) {
    this.images = images;
    this.type = type;
  }

  @Override
  public DataType[] inputTypes() {
    return new DataType[] {type};
  }

  @Override
  public DataType resultType() {
    return images.type();
  }

  @Override
  public boolean isResultNullable() {
    return false;
  }

  @Override
  public boolean isDeterministic() {
    return false;
  }

  @Override
  public String name() {
    return ClassifyFunction.NAME;
  }

  @Override
  public String canonicalName() {
    return "io.shufflenet.spark.classify(" + type.simpleString() + ")";
  }

  @Override
  public InternalRow produceResult(InternalRow input) {
    if (converter == null) {
      converter = CatalystTypeConverters.createToCatalystConverter(images.type());
    }
    return (InternalRow) converter.apply(images.classify(content(input), path(input)));
  }

  private byte[] content(InternalRow input) {
    if (type instanceof StructType struct) {
      int bytes = struct.fieldIndex("bytes");
      InternalRow image = image(input, struct);
      return image == null || image.isNullAt(bytes) ? null : image.getBinary(bytes);
    }
    return type instanceof BinaryType && !input.isNullAt(0) ? input.getBinary(0) : null;
  }

  private String path(InternalRow input) {
    if (type instanceof StructType struct) {
      int path = struct.getFieldIndex("path").isEmpty() ? -1 : struct.fieldIndex("path");
      InternalRow image = image(input, struct);
      return image == null || path < 0 || image.isNullAt(path) ? null : image.getString(path);
    }
    return type instanceof BinaryType || input.isNullAt(0) ? null : input.getString(0);
  }

  private static InternalRow image(InternalRow input, StructType struct) {
    return input.isNullAt(0) ? null : input.getStruct(0, struct.size());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BoundClassifyFunction function
        && function.images == images
        && function.type.equals(type);
  }

  @Override
  public int hashCode() {
    return Objects.hash(System.identityHashCode(images), type);
  }
}
