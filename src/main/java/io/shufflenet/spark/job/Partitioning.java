package io.shufflenet.spark.job;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How the images are shared out.
 *
 * @param slots tasks that run at once
 * @param partitions a few for each task slot, so that the last ones end together, and none of more
 *     than some minutes' work
 * @param partitionsPerBatch how many make a staged batch
 */
record Partitioning(int slots, int partitions, int partitionsPerBatch) {
  private static final int PARTITIONS_PER_SLOT = 4;
  private static final int BATCH_PARTITIONS_PER_SLOT = 8;
  private static final long MOST_IMAGES = 1024;

  static Partitioning of(long images, int slots) {
    long byWork = (images + MOST_IMAGES - 1) / MOST_IMAGES;
    long bySlots = Math.min(images, (long) slots * PARTITIONS_PER_SLOT);
    return new Partitioning(
        slots, Math.toIntExact(Math.max(byWork, bySlots)), slots * BATCH_PARTITIONS_PER_SLOT);
  }

  /**
   * Rows without bytes are spread evenly. Rows with bytes stay where they are, unless slots would
   * be idle.
   */
  Dataset<Row> apply(Dataset<Row> images, boolean holdsContent) {
    boolean keep = holdsContent && images.rdd().getNumPartitions() >= Math.min(slots, partitions);
    return keep ? images : images.repartition(partitions);
  }
}
