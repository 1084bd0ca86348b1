package io.shufflenet.spark.dataset;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of {@link ImageInput#rows()}, whatever the input: the constants of this class in
 * their order, then the kept columns, then {@link #CONTENT} where the input holds it. {@link
 * Labels#index} adds {@link #LABEL_INDEX} after {@link #LABEL}.
 */
public final class ImageRows {
  /**
   * Full URI, not percent-encoded: {@code new Path(path)} is the file, whatever characters its name
   * has. Null where a table names no file. A table may hold any string: one that Hadoop cannot
   * parse stands here as it is. Of a member of a tar file {@code tar:FILE!/MEMBER}, which no file
   * system opens.
   */
  public static final String PATH = "path";

  /**
   * Under the input's root, separated by {@code /}; null where a table names no file. A member's
   * name stands under that of its tar file.
   */
  public static final String RELATIVE_PATH = "relative_path";

  /**
   * Bytes of the encoded image; null where only reading tells. In a table, asking for it reads
   * {@link #CONTENT}.
   */
  public static final String LENGTH = "length";

  /**
   * Of a file in a folder its modification time, ISO 8601 in UTC, and of a member that of its tar
   * file; of a table the configured column or null.
   */
  public static final String VERSION = "version";

  /**
   * The label as the input spells it, or the class's name where the input gives its index or
   * WordNet id; null without a label.
   */
  public static final String LABEL = "label";

  /**
   * The index of the label's class; null for an image without a label or with one that is no class.
   */
  public static final String LABEL_INDEX = "label_index";

  /**
   * The encoded image. Null in a row whose file must be read from {@link #PATH}, which may be null
   * too; and of a member of a tar file that is a link or too long.
   */
  public static final String CONTENT = "content";

  static final StructType OF_FOLDER =
      new StructType()
          .add(PATH, DataTypes.StringType)
          .add(RELATIVE_PATH, DataTypes.StringType)
          .add(LENGTH, DataTypes.LongType)
          .add(VERSION, DataTypes.StringType)
          .add(LABEL, DataTypes.StringType);

  static final StructType OF_SHARDS = OF_FOLDER.add(CONTENT, DataTypes.BinaryType);

  static final List<String> NAMES =
      List.of(PATH, RELATIVE_PATH, LENGTH, VERSION, LABEL, LABEL_INDEX, CONTENT);

  private ImageRows() {}
}
