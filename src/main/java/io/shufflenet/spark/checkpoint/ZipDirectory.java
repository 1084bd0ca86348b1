package io.shufflenet.spark.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads which entries a zip archive in memory has, from the directory at its end; contents are not
 * touched. Own code, because the libraries that can read PyTorch's archives make an object of each
 * of an entry's extra fields, and a hostile archive of some megabytes has enough of them to exhaust
 * memory. Here extra fields are skipped. So is the zip64 extension, which only archives larger than
 * an array need. Section numbers are those of PKWARE's APPNOTE 6.3.
 */
final class ZipDirectory {
  /** Section 4.3.16. */
  private static final int END_SIGNATURE = 0x06054B50;

  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;

  /** Section 4.3.12. */
  private static final int ENTRY_SIGNATURE = 0x02014B50;

  private static final int ENTRY_LENGTH = 46;

  /** {@code archive} is little-endian. Its position does not matter. */
  private final ByteBuffer archive;

  private ZipDirectory(ByteBuffer archive) {
    this.archive = archive;
  }

  /** The entries by name, in the directory's order. {@code archive} must be little-endian. */
  static Map<String, ArchiveEntry> read(ByteBuffer archive) throws FormatException {
    return new ZipDirectory(archive).entries();
  }

  private Map<String, ArchiveEntry> entries() throws FormatException {
    int end = end();
    int count = unsignedShort(end + 10);
    long start = unsignedInt(end + 16);
    if (start > end) {
      throw damaged();
    }
    Map<String, ArchiveEntry> entries = new LinkedHashMap<>();
    int at = (int) start;
    for (int index = 0; index < count; index++) {
      at = addEntry(at, end, entries);
    }
    return entries;
  }

  /** Where the record at the archive's end begins, which only a comment may follow. */
  private int end() throws FormatException {
    int last = archive.capacity() - END_LENGTH;
    for (int at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
      if (archive.getInt(at) == END_SIGNATURE && unsignedShort(at + 20) <= last - at) {
        return at;
      }
    }
    throw new FormatException(
        "it begins as a zip archive, but the directory at its end is missing: it was cut off, "
            + "perhaps while it was downloaded or copied");
  }

  /** Adds the entry described at {@code at}; where the next one is described. */
  private int addEntry(int at, int end, Map<String, ArchiveEntry> entries) throws FormatException {
    if (at > end - ENTRY_LENGTH || archive.getInt(at) != ENTRY_SIGNATURE) {
      throw damaged();
    }
    int nameLength = unsignedShort(at + 28);
    long next =
        (long) at + ENTRY_LENGTH + nameLength + unsignedShort(at + 30) + unsignedShort(at + 32);
    if (next > end) {
      throw damaged();
    }
    ArchiveEntry entry = entry(at, nameLength);
    if (entries.put(entry.name(), entry) != null) {
      throw new FormatException(
          "its zip archive has two entries of the name " + Description.text(entry.name()));
    }
    return (int) next;
  }

  private ArchiveEntry entry(int at, int nameLength) {
    byte[] name = new byte[nameLength];
    archive.get(at + ENTRY_LENGTH, name);
    return new ArchiveEntry(
        new String(name, StandardCharsets.UTF_8),
        unsignedShort(at + 8),
        unsignedShort(at + 10),
        unsignedInt(at + 16),
        unsignedInt(at + 20),
        unsignedInt(at + 24),
        unsignedInt(at + 42));
  }

  private int unsignedShort(int at) {
    return Short.toUnsignedInt(archive.getShort(at));
  }

  private long unsignedInt(int at) {
    return Integer.toUnsignedLong(archive.getInt(at));
  }

  private static FormatException damaged() {
    return new FormatException("the directory of its zip archive is damaged");
  }
}
