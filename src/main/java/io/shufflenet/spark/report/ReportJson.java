package io.shufflenet.spark.report;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.stream.JsonWriter;
import io.shufflenet.spark.results.Provenance;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Writes {@code report.json} row by row: the provenance, the summary's one row as an object, every
 * other table as an array of objects. Members are named as the tables' columns; a number that is
 * not finite is null.
 */
final class ReportJson {
  private static final Gson JSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .serializeNulls()
          .create();

  private final JsonWriter json;

  private ReportJson(Writer out) {
    json = new JsonWriter(out);
    json.setIndent("  ");
  }

  static void write(Provenance provenance, Table summary, List<Table> details, Writer out)
      throws IOException {
    new ReportJson(out).report(provenance, summary, details);
    out.write("\n");
    out.flush();
  }

  private void report(Provenance provenance, Table summary, List<Table> details)
      throws IOException {
    json.beginObject();
    json.name("provenance");
    JSON.toJson(provenance, Provenance.class, json);
    json.name(summary.name());
    object(summary.rows().get(0), summary.schema());
    for (Table table : details) {
      json.name(table.name());
      array(table.rows().toArray(), table.schema());
    }
    json.endObject();
    json.flush();
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
