package io.shufflenet.spark.dataset;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A sample of {@link ImageInput#rows()}: those of the smallest seeded hash of their relative path
 * and, where it is held, their content. So it depends on the rows and the seed, and not on their
 * order or partitions.
 */
record Sample(int size, long seed) {
  /** How many candidates there are for each row of the sample. */
  private static final int CANDIDATES = 4;

  private static final int GROWTH = 8;
  private static final String HASH = "hash";

  /** The sample of all rows; a Spark job over their paths runs now. */
  Dataset<Row> of(Dataset<Row> rows) {
    return smallest(rows).orElse(rows);
  }

  /**
   * The sample of the first rows of each group, of as many as it takes to fill the sample: evenly
   * from all groups, without reading all of any large one.
   *
   * @param heads the first so many rows of each group
   * @param groups how many groups there are
   */
  Dataset<Row> ofHeads(IntFunction<Dataset<Row>> heads, int groups) {
    long share = (size + groups - 1L) / groups;
    long head = CANDIDATES * share;
    Dataset<Row> candidates = heads.apply(toInt(head));
    Optional<Dataset<Row>> sample = smallest(candidates);
    while (sample.isEmpty() && head < size) {
      head *= GROWTH;
      candidates = heads.apply(toInt(head));
      sample = smallest(candidates);
    }
    return sample.orElse(candidates);
  }

  private static int toInt(long value) {
    return (int) Math.min(value, Integer.MAX_VALUE);
  }

  /** The rows of the smallest hashes, or nothing if there are no more rows than wanted. */
  private Optional<Dataset<Row>> smallest(Dataset<Row> rows) {
    Column hash = hash(rows);
    Row ends =
        rows.select(hash.as(HASH))
            .orderBy(HASH)
            .limit(toInt(size + 1L))
            .agg(count(HASH), countDistinct(HASH), max(HASH))
            .first();
    if (ends.getLong(0) <= size) {
      return Optional.empty();
    }
    boolean distinct = ends.getLong(0) == ends.getLong(1);
    return Optional.of(
        distinct ? rows.filter(hash.lt(ends.getLong(2))) : rows.orderBy(hash).limit(size));
  }

  private Column hash(Dataset<Row> rows) {
    boolean holdsContent = Arrays.asList(rows.columns()).contains(ImageRows.CONTENT);
    return holdsContent
        ? xxhash64(lit(seed), col(ImageRows.RELATIVE_PATH), col(ImageRows.CONTENT))
        : xxhash64(lit(seed), col(ImageRows.RELATIVE_PATH));
  }
}
