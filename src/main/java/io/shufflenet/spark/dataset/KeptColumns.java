package io.shufflenet.spark.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.StructField;

/**
 * The columns that {@code input.keep} carries along, in its order, each called by its last name.
 */
record KeptColumns(List<ColumnReference> columns) {

  /**
   * @param reserved names that are taken, besides those of {@link ImageRows}
   * @throws IllegalArgumentException if a column is missing or its name is taken
   */
  static KeptColumns of(TableSchema schema, List<String> keep, List<String> reserved) {
    Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    taken.addAll(ImageRows.NAMES);
    taken.addAll(reserved);
    List<ColumnReference> columns = new ArrayList<>();
    for (String name : keep) {
      ColumnReference column = schema.require(InputSettings.KEEP_KEY, name);
      if (!taken.add(column.field().name())) {
        throw new IllegalArgumentException(
            "Cannot keep column %s = %s: another column of the predictions is called %s"
                .formatted(InputSettings.KEEP_KEY, name, column.field().name()));
      }
      columns.add(column);
    }
    return new KeptColumns(List.copyOf(columns));
  }

  List<StructField> fields() {
    return columns.stream()
        .map(column -> column.field())
        .map(field -> new StructField(field.name(), field.dataType(), true, field.metadata()))
        .toList();
  }
}
