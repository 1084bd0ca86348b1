package io.shufflenet.spark.checkpoint;

/**
 * What a zip archive's directory says of one entry. Nothing here is checked against the archive.
 * Lengths are in bytes, {@code header} is where the entry's own header begins, {@code checksum} is
 * a CRC-32.
 */
record ArchiveEntry(
    String name,
    int flags,
    int method,
    long checksum,
    long packedLength,
    long length,
    long header) {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  private static final int ENCRYPTED = 1;

  boolean isEncrypted() {
    return (flags & ENCRYPTED) != 0;
  }
}
