package io.shufflenet.spark.dataset;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * What ImageNet's devkit tells of its flat validation folder: image i, by the number at the end of
 * its file's name, has the class of line i.
 *
 * @param labels the WordNet id of the class of each image, the first image's first
 * @param synsets the WordNet ids of all classes, in the devkit's order
 */
record GroundTruth(TruthSettings files, List<String> labels, List<String> synsets) {
  /** So many ids are not sorted by chance. */
  private static final int SORTED_ON_PURPOSE = 10;

  private static final Pattern FIRST_WORD = Pattern.compile("(" + WordNet.ID + ")(\\s.*)?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private static final Pattern ENDS_WITH_NUMBER =
      Pattern.compile("(?:.*[^0-9])?([0-9]{1,18})", Pattern.DOTALL);

  /**
   * Reads both files.
   *
   * @throws IllegalArgumentException if one is not what it should be; the message tells the line
   * @throws IOException if one cannot be read
   */
  static GroundTruth read(TruthSettings files, Configuration hadoop) throws IOException {
    List<String> synsets =
        synsets(
            files,
            TextLines.read(
                files.synsets(), TruthSettings.SYNSETS_KEY, files.namedSynsets(), hadoop));
    List<String> ids =
        TextLines.read(
            files.groundTruth(), TruthSettings.GROUND_TRUTH_KEY, files.namedTruth(), hadoop);
    if (ids.isEmpty()) {
      throw TextLines.cannotUse(files.namedTruth(), "it is empty");
    }
    List<String> labels = new ArrayList<>(ids.size());
    for (String id : ids) {
      labels.add(label(files, id, labels.size() + 1, synsets));
    }
    return new GroundTruth(files, List.copyOf(labels), synsets);
  }

  private static List<String> synsets(TruthSettings files, List<String> lines) {
    Map<String, Integer> found = new HashMap<>();
    List<String> synsets = new ArrayList<>(lines.size());
    for (String line : lines) {
      Matcher matcher = FIRST_WORD.matcher(line);
      int number = synsets.size() + 1;
      if (!matcher.matches()) {
        throw TextLines.cannotUse(
            files.namedSynsets(),
            "line %s is '%s', and not a WordNet id, which is n and 8 digits"
                .formatted(number, line));
      }
      Integer earlier = found.put(matcher.group(1), number);
      if (earlier != null) {
        throw TextLines.cannotUse(
            files.namedSynsets(),
            "lines %s and %s are both %s".formatted(earlier, number, matcher.group(1)));
      }
      synsets.add(matcher.group(1));
    }
    if (synsets.isEmpty()) {
      throw TextLines.cannotUse(files.namedSynsets(), "it is empty");
    }
    requireOrderOfDevkit(files, synsets);
    return List.copyOf(synsets);
  }

  private static void requireOrderOfDevkit(TruthSettings files, List<String> synsets) {
    if (synsets.size() >= SORTED_ON_PURPOSE && synsets.stream().sorted().toList().equals(synsets)) {
      throw TextLines.cannotUse(
          files.namedSynsets(),
          "its WordNet ids are sorted, which is the order of the model's classes; the devkit has"
              + " another (ImageNet's first is n02119789), by which the numbers of the ground truth"
              + " count");
    }
  }

  private static String label(TruthSettings files, String id, int line, List<String> synsets) {
    int number = NUMBER.matcher(id.strip()).matches() ? Integer.parseInt(id.strip()) : 0;
    if (number < 1 || number > synsets.size()) {
      throw TextLines.cannotUse(
          files.namedTruth(),
          "line %s is '%s', and not the number of one of the %s lines of %s, from 1"
              .formatted(line, id, synsets.size(), files.namedSynsets()));
    }
    return synsets.get(number - 1);
  }

  /** The 7 of {@code ILSVRC2012_val_00000007.JPEG}; null where no number stands there. */
  static Long number(String relativePath) {
    int dot = relativePath.lastIndexOf('.');
    Matcher matcher =
        ENDS_WITH_NUMBER.matcher(dot < 0 ? relativePath : relativePath.substring(0, dot));
    return matcher.matches() ? (Long) Long.parseLong(matcher.group(1)) : null;
  }

  private static String label(List<String> labels, String relativePath) {
    Long number = number(relativePath);
    boolean told = number != null && number >= 1 && number <= labels.size();
    return told ? labels.get((int) (number - 1)) : null;
  }

  /** Fills {@link ImageRows#LABEL} of a flat folder's rows. */
  Dataset<Row> label(Dataset<Row> rows) {
    List<String> ofImages = labels;
    UDF1<String, String> label = path -> label(ofImages, path);
    return rows.withColumn(
        ImageRows.LABEL, udf(label, DataTypes.StringType).apply(col(ImageRows.RELATIVE_PATH)));
  }

  static Column number() {
    UDF1<String, Long> number = GroundTruth::number;
    return udf(number, DataTypes.LongType).apply(col(ImageRows.RELATIVE_PATH));
  }
}
