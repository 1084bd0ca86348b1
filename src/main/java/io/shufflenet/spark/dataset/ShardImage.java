package io.shufflenet.spark.dataset;

/**
 * An image in a tar file.
 *
 * @param name of the member
 * @param length in bytes; null for a link, which holds none
 * @param label null where there is none
 * @param bytes null for a link, and where they were not asked for or are too many
 */
record ShardImage(String name, Long length, String label, byte[] bytes) {
  ShardImage withLabel(String given) {
    return new ShardImage(name, length, given, bytes);
  }
}
