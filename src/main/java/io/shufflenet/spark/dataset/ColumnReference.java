package io.shufflenet.spark.dataset;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * A column of a table, or a field within one.
 *
 * @param names from the column inwards, as the table spells them
 * @param field the innermost
 */
record ColumnReference(List<String> names, StructField field) {

  Column column() {
    Column column = col("`" + names.get(0).replace("`", "``") + "`");
    for (String name : names.subList(1, names.size())) {
      column = column.getField(name);
    }
    return column;
  }

  String fullName() {
    return String.join(".", names);
  }

  DataType type() {
    return field.dataType();
  }

  boolean isBinary() {
    return type() instanceof BinaryType;
  }

  boolean isString() {
    return type() instanceof StringType;
  }

  boolean isInteger() {
    return type() instanceof ByteType
        || type() instanceof ShortType
        || type() instanceof IntegerType
        || type() instanceof LongType;
  }
}
