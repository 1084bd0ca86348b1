package io.shufflenet.spark.dataset;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.types.StructType;

/** Which columns of a table describe its images; at least one of content and path is there. */
record TableColumns(
    Optional<ColumnReference> content,
    Optional<ColumnReference> path,
    Optional<ColumnReference> label,
    Optional<ColumnReference> relativePath,
    Optional<ColumnReference> version) {

  private static final List<String> USUAL_CONTENT = List.of("content", "image", "bytes");
  private static final List<String> USUAL_PATH =
      List.of("path", "file", "filename", "file_name", "image_path", "image");
  private static final List<String> USUAL_LABEL = List.of("label", "class");
  private static final List<String> USUAL_RELATIVE_PATH = List.of("relative_path");
  private static final List<String> USUAL_VERSION = List.of("version");

  private static final String BYTES = "bytes";

  /**
   * @throws IllegalArgumentException if a named column is missing or of the wrong type, or neither
   *     bytes nor paths are found; the message names key and columns
   */
  static TableColumns of(TableSchema schema, InputColumns named) {
    Optional<ColumnReference> content = content(schema, named.content());
    Optional<ColumnReference> beside =
        named.path().isEmpty()
            ? content.flatMap(bytes -> pathBeside(bytes, schema))
            : Optional.empty();
    TableColumns columns =
        new TableColumns(
            content,
            beside.or(() -> find(schema, Role.PATH, named.path(), USUAL_PATH)),
            find(schema, Role.LABEL, named.label(), USUAL_LABEL),
            find(schema, Role.RELATIVE_PATH, named.relativePath(), USUAL_RELATIVE_PATH),
            find(schema, Role.VERSION, named.version(), USUAL_VERSION));
    columns.requireImages(schema);
    return columns;
  }

  private static Optional<ColumnReference> content(TableSchema schema, String named) {
    if (named.isEmpty()) {
      return USUAL_CONTENT.stream()
          .map(schema::find)
          .flatMap(Optional::stream)
          .map(column -> bytesOf(column, schema))
          .flatMap(Optional::stream)
          .findFirst();
    }
    ColumnReference column = schema.require(InputColumns.CONTENT_KEY, named);
    refuseRawPixels(column);
    return Optional.of(
        bytesOf(column, schema)
            .orElseThrow(
                () ->
                    wrongType(InputColumns.CONTENT_KEY, column, "binary or struct<bytes, path>")));
  }

  /** The column itself if it is binary, or the bytes within Hugging Face's struct. */
  static Optional<ColumnReference> bytesOf(ColumnReference column, TableSchema schema) {
    return column.isBinary()
        ? Optional.of(column)
        : schema.find(column.fullName() + "." + BYTES).filter(ColumnReference::isBinary);
  }

  /** The path in Hugging Face's struct, which stands beside the bytes. */
  static Optional<ColumnReference> pathBeside(ColumnReference bytes, TableSchema schema) {
    int dot = bytes.fullName().lastIndexOf('.');
    return dot < 0
        ? Optional.empty()
        : schema
            .find(bytes.fullName().substring(0, dot) + ".path")
            .filter(ColumnReference::isString);
  }

  private static Optional<ColumnReference> find(
      TableSchema schema, Role role, String named, List<String> usual) {
    if (named.isEmpty()) {
      return usual.stream()
          .map(schema::find)
          .flatMap(Optional::stream)
          .filter(role.accepts)
          .findFirst();
    }
    ColumnReference column = schema.require(role.key, named);
    if (!role.accepts.test(column)) {
      throw wrongType(role.key, column, role.types);
    }
    return Optional.of(column);
  }

  private void requireImages(TableSchema schema) {
    if (content.isPresent() || path.isPresent()) {
      return;
    }
    schema.find("image").ifPresent(TableColumns::refuseRawPixels);
    throw new IllegalArgumentException(
        "Cannot find images: there is no column %s with bytes (%s) or %s with paths (%s) in %s"
            .formatted(
                String.join("/", USUAL_CONTENT),
                InputColumns.CONTENT_KEY,
                String.join("/", USUAL_PATH),
                InputColumns.PATH_KEY,
                schema.names()));
  }

  static void refuseRawPixels(ColumnReference column) {
    if (column.type() instanceof StructType struct
        && List.of(struct.fieldNames()).containsAll(List.of("nChannels", "data"))) {
      throw new IllegalArgumentException(
          "Cannot read column %s: it is Spark's image struct of raw pixels; read the files"
              .formatted(column.fullName()));
    }
  }

  private static IllegalArgumentException wrongType(
      String key, ColumnReference column, String expected) {
    return new IllegalArgumentException(
        "Cannot use column %s = %s: its type is %s and must be %s"
            .formatted(key, column.fullName(), column.type().simpleString(), expected));
  }

  private record Role(String key, String types, Predicate<ColumnReference> accepts) {
    private static final Role PATH =
        new Role(InputColumns.PATH_KEY, "a string", ColumnReference::isString);
    private static final Role LABEL =
        new Role(
            InputColumns.LABEL_KEY,
            "a string or an integer",
            column -> column.isString() || column.isInteger());
    private static final Role RELATIVE_PATH =
        new Role(InputColumns.RELATIVE_PATH_KEY, "a string", ColumnReference::isString);
    private static final Role VERSION =
        new Role(
            InputColumns.VERSION_KEY,
            "a single value",
            column -> !(column.type() instanceof StructType));
  }
}
