package io.shufflenet.spark.job;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How the images are shared out.
 *
 * @param slots tasks that run at once
 * @param partitions a few for each task slot, so that the last ones end together; more where they
 *     would be more than some minutes' work, and fewer where that would be hardly any
 * @param partitionsPerBatch how many make a staged batch
 */
record Partitioning(int slots, int partitions, int partitionsPerBatch) {
  private static final int PARTITIONS_PER_SLOT = 4;
  private static final int BATCH_PARTITIONS_PER_SLOT = 8;

  /** Opening an image and classifying it takes as long as reading and decoding so many bytes. */
  private static final long BYTES_PER_IMAGE = 128 << 10;

  /** A thousand images of the usual size, 2,000 of 8 KB, 8 of 30 MB: ten seconds of one core. */
  private static final long MOST_BYTES = 256 << 20;

  /** The network runs on 8 images at once, however few there are. */
  private static final long LEAST_BYTES = 8 * BYTES_PER_IMAGE;

  /**
   * @param bytes of all images
   */
  static Partitioning of(long images, long bytes, int slots) {
    long work = bytes + images * BYTES_PER_IMAGE;
    long fewest = ceiling(work, MOST_BYTES);
    long most = Math.min(images, ceiling(work, LEAST_BYTES));
    long partitions = Math.min(Math.max(fewest, (long) slots * PARTITIONS_PER_SLOT), most);
    return new Partitioning(slots, Math.toIntExact(partitions), slots * BATCH_PARTITIONS_PER_SLOT);
  }

  private static long ceiling(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
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
