package io.shufflenet.spark.evaluation;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.EnumMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** The columns of another tool's table, as expressions over its rows. */
final class ForeignColumns {
  /** The stage of failures of which none is told. */
  private static final String NO_STAGE = "-";

  private static final String NO_PREDICTION = "no-prediction";
  private static final String NUMBER =
      "(?i)\\s*[+-]?(nan|inf(inity)?|(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?)\\s*";

  private final Map<PredictionColumn, TableColumn> columns;

  private ForeignColumns(Map<PredictionColumn, TableColumn> columns) {
    this.columns = columns;
  }

  /**
   * @param named names that the user gave; where there is none, a column of our own name and of a
   *     fitting type is taken
   * @throws IllegalArgumentException if a named column is missing or of a wrong type
   */
  static ForeignColumns of(Dataset<Row> table, Map<PredictionColumn, String> named) {
    Map<PredictionColumn, TableColumn> columns = new EnumMap<>(PredictionColumn.class);
    for (PredictionColumn role : PredictionColumn.values()) {
      String name = named.getOrDefault(role, "");
      if (name.isEmpty()) {
        TableColumn.find(table, role.usual())
            .filter(column -> role.kind().accepts(column.type()))
            .ifPresent(column -> columns.put(role, column));
      } else {
        columns.put(role, TableColumn.require(table, role.fullKey(), name, role.kind()));
      }
    }
    return new ForeignColumns(columns);
  }

  boolean has(PredictionColumn role) {
    return columns.containsKey(role);
  }

  /** As the table has it. */
  TableColumn get(PredictionColumn role) {
    return columns.get(role);
  }

  /** Names or indices as text; empty ones are null. */
  Column text(PredictionColumn role) {
    return text(get(role).column());
  }

  private static Column text(Column value) {
    return nullif(value.cast(DataTypes.StringType), lit(""));
  }

  boolean isArray(PredictionColumn role) {
    return get(role).type() instanceof ArrayType;
  }

  /** Whether the values, or those in the arrays, are of an integer type. */
  boolean isOfIntegers(PredictionColumn role) {
    DataType type = get(role).type();
    return ColumnKind.isInteger(type instanceof ArrayType of ? of.elementType() : type);
  }

  /** A double; null where it cannot be read as one. */
  Column number(PredictionColumn role) {
    TableColumn column = get(role);
    Column number = column.column().cast(DataTypes.DoubleType);
    return column.type() instanceof StringType
        ? when(column.column().rlike("^" + NUMBER + "$"), number)
        : number;
  }

  /** {@code array<double>}. */
  Column scores() {
    return get(PredictionColumn.SCORES)
        .column()
        .cast(DataTypes.createArrayType(DataTypes.DoubleType));
  }

  /** Classes as text, in the order of the array, null without any. */
  Column classes(PredictionColumn role) {
    return classes(get(role));
  }

  static Column classes(TableColumn column) {
    boolean ranked = ((ArrayType) column.type()).elementType() instanceof StructType;
    Column names = transform(column.column(), one -> text(ranked ? one.getField("class") : one));
    Column told = array_distinct(filter(names, Column::isNotNull));
    return when(size(told).gt(0), told);
  }

  /** Whether the row says why it has no prediction. */
  Column isFailed() {
    if (!has(PredictionColumn.ERROR)) {
      return lit(false);
    }
    TableColumn error = get(PredictionColumn.ERROR);
    return (error.type() instanceof StringType ? text(error.column()) : error.column()).isNotNull();
  }

  /** Whether the row has a prediction and no error. */
  Column isPredicted() {
    Column predicted =
        has(PredictionColumn.PREDICTED)
            ? text(PredictionColumn.PREDICTED).isNotNull()
            : get(PredictionColumn.SCORES).column().isNotNull();
    return predicted.and(not(isFailed()));
  }

  Column isLabelled() {
    if (!has(PredictionColumn.LABEL)) {
      return lit(false);
    }
    return (isArray(PredictionColumn.LABEL)
            ? classes(PredictionColumn.LABEL)
            : text(PredictionColumn.LABEL))
        .isNotNull();
  }

  /** Null where there is a prediction; of the kind {@code no-prediction} where none is told. */
  Column error() {
    return when(isFailed(), toldError()).when(not(isPredicted()), noPrediction());
  }

  private Column toldError() {
    if (!has(PredictionColumn.ERROR)) {
      return noPrediction();
    }
    TableColumn error = get(PredictionColumn.ERROR);
    return error.type() instanceof StringType
        ? failure(lit(NO_STAGE), error.column())
        : failure(error.column().getField("stage"), error.column().getField("kind"));
  }

  private static Column noPrediction() {
    return failure(lit(NO_STAGE), lit(NO_PREDICTION));
  }

  private static Column failure(Column stage, Column kind) {
    return struct(
        coalesce(stage, lit(NO_STAGE)).as("stage"), coalesce(kind, lit(NO_STAGE)).as("kind"));
  }

  /** The path, where there are any. */
  Column relativePath() {
    return has(PredictionColumn.RELATIVE_PATH)
        ? get(PredictionColumn.RELATIVE_PATH).column()
        : lit(null).cast(DataTypes.StringType);
  }

  /** What {@link Slicing#mark} noted. */
  static Column slices() {
    return col("`" + Slicing.SLICES + "`");
  }
}
