package io.shufflenet.spark.dataset;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * A table that holds images or names their files: Parquet, a CSV manifest, or whatever else Spark
 * reads.
 */
final class TableInput implements ImageInput {
  private final InputSettings settings;
  private final TableReader reader;
  private final Dataset<Row> table;
  private final TableColumns columns;
  private final KeptColumns kept;
  private final PathResolver paths;

  private TableInput(
      InputSettings settings,
      TableReader reader,
      Dataset<Row> table,
      TableColumns columns,
      KeptColumns kept,
      PathResolver paths) {
    this.settings = settings;
    this.reader = reader;
    this.table = table;
    this.columns = columns;
    this.kept = kept;
    this.paths = paths;
  }

  static TableInput open(
      SparkSession spark, InputSettings settings, String format, List<String> reservedNames)
      throws IOException {
    if (!settings.extensions().isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use %s = %s: %s is a table, whose rows are all taken"
              .formatted(
                  InputSettings.EXTENSIONS_KEY, settings.extensions(), settings.namedPath()));
    }
    TableReader reader = new TableReader(spark, settings.table(), format);
    Dataset<Row> table = reader.read();
    TableSchema schema = TableSchema.of(spark, table.schema());
    TableColumns columns = TableColumns.of(schema, settings.columns());
    KeptColumns kept = KeptColumns.of(schema, settings.keep(), reservedNames);
    PathResolver paths = new PathResolver(reader.root(settings.root()));
    if (reader.reading(table::isEmpty)) {
      throw new IllegalArgumentException(
          "Cannot read %s: the table has no rows".formatted(settings.namedPath()));
    }
    return new TableInput(settings, reader, table, columns, kept, paths);
  }

  @Override
  public String describe() {
    List<String> parts = new ArrayList<>();
    columns.content().ifPresent(column -> parts.add("bytes from " + column.fullName()));
    columns.path().ifPresent(column -> parts.add("paths from " + column.fullName()));
    columns.label().ifPresent(column -> parts.add("labels from " + column.fullName()));
    return "%s table %s: %s".formatted(reader.format(), settings.path(), String.join(", ", parts));
  }

  @Override
  public Dataset<Row> rows() {
    if (settings.limit() == 0) {
      return all();
    }
    Sample sample = new Sample(settings.limit(), settings.seed());
    return holdsContent() ? sampleOfBytes(sample) : sample.of(all());
  }

  /** Only the beginning of each partition is read: the whole table may be terabytes. */
  private Dataset<Row> sampleOfBytes(Sample sample) {
    Dataset<Row> all = all();
    return sample.ofHeads(
        most -> all.mapPartitions(new HeadOfPartition(most), Encoders.row(all.schema())),
        Math.max(1, all.javaRDD().getNumPartitions()));
  }

  private Dataset<Row> all() {
    List<Column> selected = new ArrayList<>();
    selected.add(path().as(ImageRows.PATH));
    selected.add(relativePath().as(ImageRows.RELATIVE_PATH));
    selected.add(lengthOfContent().as(ImageRows.LENGTH));
    selected.add(asString(columns.version()).as(ImageRows.VERSION));
    selected.add(nullif(asString(columns.label()), lit("")).as(ImageRows.LABEL));
    for (ColumnReference column : kept.columns()) {
      selected.add(column.column().as(column.field().name()));
    }
    columns.content().ifPresent(bytes -> selected.add(bytes.column().as(ImageRows.CONTENT)));
    return table.select(selected.toArray(Column[]::new));
  }

  private Column path() {
    return columns.path().map(given -> resolved(given, paths::absolute)).orElseGet(this::none);
  }

  private Column relativePath() {
    return columns
        .relativePath()
        .map(ColumnReference::column)
        .or(() -> columns.path().map(given -> resolved(given, paths::relative)))
        .orElseGet(this::none);
  }

  private static Column resolved(ColumnReference given, UDF1<String, String> resolution) {
    return udf(resolution, DataTypes.StringType).apply(given.column());
  }

  private Column lengthOfContent() {
    return columns
        .content()
        .map(bytes -> length(bytes.column()))
        .orElseGet(this::none)
        .cast(DataTypes.LongType);
  }

  private Column asString(Optional<ColumnReference> column) {
    return column.map(value -> value.column().cast(DataTypes.StringType)).orElseGet(this::none);
  }

  private Column none() {
    return lit(null).cast(DataTypes.StringType);
  }

  @Override
  public List<StructField> keptFields() {
    return kept.fields();
  }

  @Override
  public boolean holdsContent() {
    return columns.content().isPresent();
  }

  @Override
  public LabelKind labelKind() {
    return columns
        .label()
        .map(column -> column.isInteger() ? LabelKind.INTEGER : LabelKind.STRING)
        .orElse(LabelKind.NONE);
  }

  @Override
  public List<String> distinctLabels(int most) throws IOException {
    if (columns.label().isEmpty()) {
      return List.of();
    }
    Dataset<String> labels =
        all()
            .select(ImageRows.LABEL)
            .filter(col(ImageRows.LABEL).isNotNull())
            .distinct()
            .limit(most)
            .as(Encoders.STRING());
    return reader.reading(labels::collectAsList);
  }

  @Override
  public Optional<String> exampleOf(String label) throws IOException {
    Dataset<Row> paths = all().filter(col(ImageRows.LABEL).equalTo(label)).select(ImageRows.PATH);
    List<Row> first = reader.reading(() -> paths.takeAsList(1));
    return first.stream().flatMap(row -> Stream.ofNullable(row.getString(0))).findFirst();
  }

  @Override
  public long listed() {
    return 0;
  }
}
