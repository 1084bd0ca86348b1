package io.shufflenet.spark.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Finds columns by the names that users give them. */
record TableSchema(StructType schema, NameMatching matching) {

  enum NameMatching {
    CASE_SENSITIVE,
    CASE_INSENSITIVE;

    boolean same(String left, String right) {
      return this == CASE_SENSITIVE ? left.equals(right) : left.equalsIgnoreCase(right);
    }
  }

  /** Names match as the session says. */
  static TableSchema of(SparkSession spark, StructType schema) {
    boolean exact = Boolean.parseBoolean(spark.conf().get("spark.sql.caseSensitive", "false"));
    return new TableSchema(
        schema, exact ? NameMatching.CASE_SENSITIVE : NameMatching.CASE_INSENSITIVE);
  }

  /** The column of this name, dots and all, or else the field that the name leads to. */
  Optional<ColumnReference> find(String name) {
    Optional<StructField> column = field(schema, name);
    return column.isPresent()
        ? column.map(field -> new ColumnReference(List.of(field.name()), field))
        : findNested(name);
  }

  private Optional<ColumnReference> findNested(String name) {
    List<String> names = new ArrayList<>();
    StructType within = schema;
    StructField found = null;
    for (String part : name.split("\\.", -1)) {
      Optional<StructField> field = within == null ? Optional.empty() : field(within, part);
      if (field.isEmpty()) {
        return Optional.empty();
      }
      found = field.get();
      names.add(found.name());
      within = found.dataType() instanceof StructType struct ? struct : null;
    }
    return Optional.of(new ColumnReference(names, found));
  }

  private Optional<StructField> field(StructType within, String name) {
    List<StructField> fields = Arrays.asList(within.fields());
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .or(() -> fields.stream().filter(field -> matching.same(field.name(), name)).findFirst());
  }

  /**
   * @throws IllegalArgumentException if there is no such column; the message lists those there are
   */
  ColumnReference require(String key, String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find column %s = %s: the table has %s".formatted(key, name, names())));
  }

  /** The columns' names, for messages. */
  String names() {
    return schema.isEmpty() ? "no columns" : String.join(", ", schema.fieldNames());
  }
}
