package io.shufflenet.spark.evaluation;

import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** Which class a value means: the one of this name, or of this index. */
final class ClassLookup implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");

  /** Empty where values are indices. */
  private final Map<String, Integer> indices;

  private final int classes;

  private ClassLookup(Map<String, Integer> indices, int classes) {
    this.indices = Map.copyOf(indices);
    this.classes = classes;
  }

  static ClassLookup ofNames(List<String> names) {
    Map<String, Integer> indices = new HashMap<>();
    for (int index = 0; index < names.size(); index++) {
      indices.put(names.get(index), index);
    }
    return new ClassLookup(indices, names.size());
  }

  static ClassLookup ofIndices(int classes) {
    return new ClassLookup(Map.of(), classes);
  }

  /** Whether the value is written as a decimal integer. */
  static boolean isInteger(String value) {
    return INTEGER.matcher(value).matches();
  }

  boolean isOfIndices() {
    return indices.isEmpty();
  }

  /** Null where the value is no class. */
  Integer indexOf(String value) {
    if (value == null) {
      return null;
    }
    if (!isOfIndices()) {
      return indices.get(value);
    }
    if (!isInteger(value)) {
      return null;
    }
    int index = Integer.parseInt(value);
    return index >= 0 && index < classes ? index : null;
  }

  /**
   * The index of each value's class.
   *
   * @param values strings
   */
  Column apply(Column values) {
    UDF1<String, Integer> index = this::indexOf;
    return udf(index, DataTypes.IntegerType).apply(values);
  }
}
