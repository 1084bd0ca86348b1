package io.shufflenet.spark.report;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Writes tables as JSON row by row. Members are named as the tables' columns; a number that is not
 * finite is null.
 */
final class TableJson {
  private final JsonWriter json;

  TableJson(JsonWriter json) {
    this.json = json;
  }

  /** The table's rows, as a member that is called as the table. */
  void array(Table table) throws IOException {
    json.name(table.name());
    array(table.rows().toArray(), table.schema());
  }

  /** The table's one row, as a member that is called as the table. */
  void object(Table table) throws IOException {
    json.name(table.name());
    object(table.rows().get(0), table.schema());
  }

  private void object(Row row, StructType schema) throws IOException {
    json.beginObject();
    for (int column = 0; column < schema.length(); column++) {
      json.name(schema.apply(column).name());
      value(row.get(column), schema.apply(column).dataType());
    }
    json.endObject();
  }

  private void array(Object[] elements, DataType type) throws IOException {
    json.beginArray();
    for (Object element : elements) {
      value(element, type);
    }
    json.endArray();
  }

  private void value(Object value, DataType type) throws IOException {
    if (type instanceof StructType schema) {
      object((Row) value, schema);
    } else if (type instanceof ArrayType array) {
      array((Object[]) value, array.elementType());
    } else if (value instanceof Number number) {
      number(number);
    } else if (value instanceof Boolean truth) {
      json.value(truth);
    } else {
      json.value((String) value);
    }
  }

  private void number(Number number) throws IOException {
    if (Double.isFinite(number.doubleValue())) {
      json.value(number);
    } else {
      json.nullValue();
    }
  }
}
