package io.shufflenet.spark.results;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of {@code <output>/predictions}: one row per input image. Where {@link #ERROR} is
 * null every prediction column is set; otherwise all of them are null. Label columns are null for
 * an unlabelled image.
 */
public final class PredictionSchema {
  public static final String PATH = "path";
  public static final String RELATIVE_PATH = "relative_path";
  public static final String LABEL = "label";
  public static final String LABEL_INDEX = "label_index";
  public static final String PREDICTED = "predicted";
  public static final String PREDICTED_INDEX = "predicted_index";
  public static final String PROBABILITY = "probability";
  public static final String LABEL_PROBABILITY = "label_probability";
  public static final String LABEL_NLL = "label_nll";
  public static final String LABEL_RANK = "label_rank";
  public static final String SQUARED_PROBABILITY = "squared_probability";
  public static final String TOP_K = "top_k";
  public static final String WIDTH = "width";
  public static final String HEIGHT = "height";
  public static final String ORIENTATION = "orientation";
  public static final String LENGTH = "length";
  public static final String VERSION = "version";
  public static final String ERROR = "error";
  public static final String SCORES = "scores";
  public static final String EMBEDDING = "embedding";

  /** The kind of error of an image under which executors died. */
  public static final String CRASHED = "crashed";

  /** {@code struct<class: string, index: int, probability: float>}. */
  public static final StructType RANKED_CLASS =
      new StructType()
          .add("class", DataTypes.StringType)
          .add("index", DataTypes.IntegerType)
          .add("probability", DataTypes.FloatType);

  /** {@code struct<stage: string, kind: string, message: string>}. */
  public static final StructType FAILURE =
      new StructType()
          .add("stage", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("message", DataTypes.StringType);

  private static final ArrayType FLOATS = new ArrayType(DataTypes.FloatType, false);

  private PredictionSchema() {}

  /**
   * The predictions' schema with {@code kept} input columns after the paths, and at the end {@code
   * scores} and {@code embedding}, each if asked.
   */
  public static StructType of(List<StructField> kept, Scores scores, Embedding embedding) {
    StructType schema =
        new StructType().add(PATH, DataTypes.StringType).add(RELATIVE_PATH, DataTypes.StringType);
    for (StructField field : kept) {
      schema = schema.add(field);
    }
    schema =
        schema
            .add(LABEL, DataTypes.StringType)
            .add(LABEL_INDEX, DataTypes.IntegerType)
            .add(PREDICTED, DataTypes.StringType)
            .add(PREDICTED_INDEX, DataTypes.IntegerType)
            .add(PROBABILITY, DataTypes.FloatType)
            .add(LABEL_PROBABILITY, DataTypes.FloatType)
            .add(LABEL_NLL, DataTypes.DoubleType)
            .add(LABEL_RANK, DataTypes.IntegerType)
            .add(SQUARED_PROBABILITY, DataTypes.DoubleType)
            .add(TOP_K, new ArrayType(RANKED_CLASS, false))
            .add(WIDTH, DataTypes.IntegerType)
            .add(HEIGHT, DataTypes.IntegerType)
            .add(ORIENTATION, DataTypes.IntegerType)
            .add(LENGTH, DataTypes.LongType)
            .add(VERSION, DataTypes.StringType)
            .add(ERROR, FAILURE);
    if (scores == Scores.ALL_CLASSES) {
      schema = schema.add(SCORES, FLOATS);
    }
    return embedding == Embedding.POOLED ? schema.add(EMBEDDING, FLOATS) : schema;
  }

  /** The names that a kept input column may not have. */
  public static List<String> reservedNames() {
    return Arrays.asList(of(List.of(), Scores.ALL_CLASSES, Embedding.POOLED).fieldNames());
  }

  /** Whether a prediction carries the probability of every class. */
  public enum Scores {
    NONE,
    ALL_CLASSES
  }

  /** Which of the network's vectors a prediction carries. */
  public enum Embedding {
    NONE,
    /** What the linear layer takes: the averages of the last stage's maps. */
    POOLED;

    /** As the setting is written. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
