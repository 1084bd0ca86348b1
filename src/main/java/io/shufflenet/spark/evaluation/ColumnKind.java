package io.shufflenet.spark.evaluation;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** Which types a column of another tool's table may have. */
enum ColumnKind {
  TEXT("a string"),
  CLASS("a string or an integer"),
  CLASS_OR_CLASSES("a string, an integer or an array of either"),
  CLASSES("an array of strings, of integers, or of structs with a string class"),
  NUMBER("a number"),
  NUMBERS("an array of floating point numbers"),
  FAILURE("a string or a struct with the strings stage and kind");

  private final String words;

  ColumnKind(String words) {
    this.words = words;
  }

  /** For messages. */
  String words() {
    return words;
  }

  boolean accepts(DataType type) {
    DataType element = type instanceof ArrayType array ? array.elementType() : null;
    return switch (this) {
      case TEXT -> type instanceof StringType;
      case CLASS -> isClass(type);
      case CLASS_OR_CLASSES -> isClass(type) || isClass(element);
      case CLASSES -> isClass(element) || hasStrings(element, "class");
      case NUMBER -> isFloating(type) || isClass(type);
      case NUMBERS -> isFloating(element);
      case FAILURE -> type instanceof StringType || hasStrings(type, "stage", "kind");
    };
  }

  static boolean isInteger(DataType type) {
    return type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType;
  }

  private static boolean isClass(DataType type) {
    return type instanceof StringType || isInteger(type);
  }

  private static boolean isFloating(DataType type) {
    return type instanceof FloatType || type instanceof DoubleType || type instanceof DecimalType;
  }

  private static boolean hasStrings(DataType type, String... names) {
    return type instanceof StructType struct
        && List.of(struct.fieldNames()).containsAll(List.of(names))
        && Arrays.stream(names)
            .allMatch(name -> struct.apply(name).dataType() instanceof StringType);
  }
}
