package io.shufflenet.spark.inference;

import static io.shufflenet.spark.dataset.ImageRows.CONTENT;
import static io.shufflenet.spark.dataset.ImageRows.LABEL;
import static io.shufflenet.spark.dataset.ImageRows.LABEL_INDEX;
import static io.shufflenet.spark.dataset.ImageRows.LENGTH;
import static io.shufflenet.spark.dataset.ImageRows.PATH;
import static io.shufflenet.spark.dataset.ImageRows.RELATIVE_PATH;
import static io.shufflenet.spark.dataset.ImageRows.VERSION;

import io.shufflenet.spark.results.PredictionSchema;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Where a row of images holds what: positions, resolved once on the driver. Absent columns are at
 * -1.
 */
record ImageColumns(
    int path,
    int relativePath,
    int length,
    int version,
    int label,
    int labelIndex,
    int content,
    int[] kept)
    implements Serializable {
  private static final Set<String> OURS =
      Set.of(PATH, RELATIVE_PATH, LENGTH, VERSION, LABEL, LABEL_INDEX, CONTENT);

  static ImageColumns of(StructType schema) {
    List<String> names = Arrays.asList(schema.fieldNames());
    if (!names.contains(PATH) && !names.contains(CONTENT)) {
      throw new IllegalArgumentException(
          "Cannot predict: the rows have neither a path nor a content column, only " + names);
    }
    refuseOurs(schema);
    return new ImageColumns(
        names.indexOf(PATH),
        names.indexOf(RELATIVE_PATH),
        names.indexOf(LENGTH),
        names.indexOf(VERSION),
        names.indexOf(LABEL),
        names.indexOf(LABEL_INDEX),
        names.indexOf(CONTENT),
        kept(schema).stream().mapToInt(field -> names.indexOf(field.name())).toArray());
  }

  private static void refuseOurs(StructType schema) {
    Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    taken.addAll(PredictionSchema.reservedNames());
    for (StructField field : kept(schema)) {
      if (!taken.add(field.name())) {
        throw new IllegalArgumentException(
            "Cannot keep column " + field.name() + ": the predictions have one of that name");
      }
    }
  }

  /** The columns that are not ours: they travel into the predictions as they are. */
  static List<StructField> kept(StructType schema) {
    return Arrays.stream(schema.fields()).filter(field -> !OURS.contains(field.name())).toList();
  }

  String string(Row row, int column) {
    return column < 0 || row.isNullAt(column) ? null : row.getString(column);
  }

  byte[] content(Row row) {
    return content < 0 || row.isNullAt(content) ? null : row.<byte[]>getAs(content);
  }

  Integer labelIndex(Row row) {
    return labelIndex < 0 || row.isNullAt(labelIndex) ? null : (Integer) row.getInt(labelIndex);
  }

  Long length(Row row) {
    return length < 0 || row.isNullAt(length) ? null : (Long) row.getLong(length);
  }
}
