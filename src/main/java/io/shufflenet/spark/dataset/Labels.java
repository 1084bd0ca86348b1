package io.shufflenet.spark.dataset;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * What the labels of an input mean to a model: which class each one is, and what the classes are
 * called.
 */
public final class Labels {
  /** A column with more is no label; the driver holds no more of them. */
  static final int MOST_LABELS = 100_000;

  private final int classes;
  private final LabelMeaning meaning;
  private final Optional<ClassNames> classNames;
  private final Optional<String> note;
  private final List<Integer> restriction;

  private Labels(
      int classes,
      LabelMeaning meaning,
      Optional<ClassNames> classNames,
      Optional<String> note,
      List<Integer> restriction) {
    this.classes = classes;
    this.meaning = meaning;
    this.classNames = classNames;
    this.note = note;
    this.restriction = restriction;
  }

  private static Labels of(int classes, LabelResolution resolution) {
    return new Labels(
        classes,
        resolution.meaning().orElseGet(LabelMeaning::unknown),
        resolution.names(),
        resolution.note(),
        List.of());
  }

  /**
   * Finds the meaning of the input's labels. Integers are indices. Strings are names of the given
   * classes, or without given names, the classes themselves, sorted by code point; but if all of
   * them are written as integers (and are not given names), they are indices too. Looking at a
   * table's labels takes one Spark job over that column.
   *
   * @param classNames a text file in UTF-8 on any Hadoop file system, with the name of class i,
   *     from 0, in its line i, or its WordNet id and name; it outweighs the model's own names
   * @param modelNames what the model itself calls its classes; empty where it does not say
   * @param classes how many classes the model has
   * @throws IllegalArgumentException if there are more or fewer names than classes, or, where the
   *     policy says so, if the input has no labels or one that is not a class
   * @throws IOException if the file with the names cannot be read
   */
  public static Labels resolve(
      ImageInput input,
      Optional<String> classNames,
      List<String> modelNames,
      Configuration hadoop,
      int classes,
      LabelPolicy policy)
      throws IOException {
    Optional<ClassNames> given = read(classNames, hadoop).or(() -> ClassNames.ofModel(modelNames));
    return resolve(input, given, classes, policy);
  }

  /**
   * The names of a model's classes in a file as {@link #resolve} reads it, in the order of their
   * indices.
   *
   * @throws IllegalArgumentException if there are more or fewer names than classes
   * @throws IOException if the file cannot be read
   */
  public static List<String> names(String file, int classes, Configuration hadoop)
      throws IOException {
    ClassNames names = ClassNames.read(file, hadoop);
    requireNumber(names, classes);
    return names.names();
  }

  /**
   * As {@link #names(String, int, Configuration)}, of whatever number.
   *
   * @param key that the file stands under, for messages
   */
  public static List<String> names(String file, String key, Configuration hadoop)
      throws IOException {
    return ClassNames.read(file, key, hadoop).names();
  }

  private static Optional<ClassNames> read(Optional<String> file, Configuration hadoop)
      throws IOException {
    return file.isEmpty() ? Optional.empty() : Optional.of(ClassNames.read(file.get(), hadoop));
  }

  static Labels resolve(
      ImageInput input, Optional<ClassNames> given, int classes, LabelPolicy policy)
      throws IOException {
    given.ifPresent(names -> requireNumber(names, classes));
    boolean unread = input.labelKind() == LabelKind.INTEGER && policy == LabelPolicy.LENIENT;
    List<String> labels = unread ? List.of() : input.distinctLabels(MOST_LABELS);
    LabelResolution resolution = LabelResolution.of(input, labels, given, classes);
    if (policy == LabelPolicy.CHECKED) {
      new LabelCheck(input, labels, resolution, classes).require();
    }
    return of(classes, resolution);
  }

  /**
   * Finds the classes that a model is to learn from the input's labels. They are those of the file
   * with their names; without it, the model's own if every label is the name of one; else the
   * different labels, sorted by code point. Integers are indices, as in {@link #resolve}: without
   * names there are as many classes as the largest needs. Looking at a table's labels takes one
   * Spark job over that column.
   *
   * @param classNames as in {@link #resolve}
   * @param modelNames what a trained model that training starts from calls its classes, or empty
   * @throws IllegalArgumentException if the input has no labels, or one that is not a class; if
   *     there is but one class; if there are more than 100,000 labels, or an index beyond them
   * @throws IOException if the file with the names cannot be read
   */
  public static Labels ofTrainingSet(
      ImageInput input, Optional<String> classNames, List<String> modelNames, Configuration hadoop)
      throws IOException {
    return ofTrainingSet(input, read(classNames, hadoop), modelNames);
  }

  static Labels ofTrainingSet(ImageInput input, Optional<ClassNames> given, List<String> modelNames)
      throws IOException {
    List<String> labels = input.distinctLabels(MOST_LABELS + 1);
    TrainingClasses classes = new TrainingLabels(input, labels).classes(given, modelNames);
    LabelResolution resolution =
        LabelResolution.of(input, labels, classes.names(), classes.number());
    new LabelCheck(input, labels, resolution, classes.number()).require();
    return of(classes.number(), resolution);
  }

  /**
   * Limits predictions to some of the classes. A label that means another one gets no index.
   *
   * @param restrict {@code classes.restrict}: a text file that names a class in each line, by its
   *     name, WordNet id or index as labels do, or {@code labels} for those of the input's labels
   * @param input what these labels are of; a Spark job looks at a table's labels
   * @throws IllegalArgumentException if a line names no class of the model; if there are fewer than
   *     two; or, where the policy says so, if a label means none of them
   * @throws IOException if the file cannot be read
   */
  public Labels restrictedTo(
      String restrict, ImageInput input, Configuration hadoop, LabelPolicy policy)
      throws IOException {
    List<Integer> kept = new ClassRestriction(restrict, hadoop).classes(input, this);
    LabelMeaning within = LabelMeaning.within(meaning, Set.copyOf(kept));
    if (policy == LabelPolicy.CHECKED) {
      requireWithin(within, kept.size(), restrict, input);
    }
    return new Labels(classes, within, classNames, note, kept);
  }

  private static void requireWithin(
      LabelMeaning within, int classes, String restrict, ImageInput input) throws IOException {
    for (String label : input.distinctLabels(MOST_LABELS)) {
      if (within.indexOf(label) == null) {
        String example = input.exampleOf(label).map(path -> " (" + path + ")").orElse("");
        throw new IllegalArgumentException(
            "Cannot use label '%s'%s: it is not one of the %s classes of %s = %s"
                .formatted(label, example, classes, ClassRestriction.KEY, restrict));
      }
    }
  }

  private static void requireNumber(ClassNames names, int classes) {
    if (names.names().size() != classes) {
      throw new IllegalArgumentException(
          "Cannot use class names %s: there are %s names, and the model has %s classes"
              .formatted(names.source(), names.names().size(), classes));
    }
  }

  /** How many classes the model tells apart. */
  public int classes() {
    return classes;
  }

  /** The classes' names in the order of their indices; empty where they are not known. */
  public List<String> names() {
    return classNames.map(ClassNames::names).orElse(List.of());
  }

  /** What a label means that names a class, whatever the input's labels are. */
  LabelMeaning ofNames() {
    return classNames.map(LabelMeaning::names).orElseGet(LabelMeaning::unknown);
  }

  LabelMeaning meaning() {
    return meaning;
  }

  /** Indices of the classes that predictions are limited to, rising; empty where they are not. */
  public List<Integer> restriction() {
    return restriction;
  }

  /** What a person should know about how the labels were taken, if anything. */
  public Optional<String> note() {
    return note;
  }

  /**
   * Adds {@link ImageRows#LABEL_INDEX} to rows of {@link ImageInput#rows()}. A label that gives a
   * class's index or WordNet id becomes the class's name where it is known.
   */
  public Dataset<Row> index(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (String name : rows.columns()) {
      if (name.equals(ImageRows.LABEL)) {
        columns.add(label().as(ImageRows.LABEL));
        columns.add(labelIndex().as(ImageRows.LABEL_INDEX));
      } else {
        columns.add(col("`" + name.replace("`", "``") + "`"));
      }
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private Column labelIndex() {
    UDF1<String, Integer> index = meaning::indexOf;
    return udf(index, DataTypes.IntegerType).apply(col(ImageRows.LABEL));
  }

  private Column label() {
    UDF1<String, String> name = meaning::nameOf;
    return coalesce(
        udf(name, DataTypes.StringType).apply(col(ImageRows.LABEL)), col(ImageRows.LABEL));
  }
}
