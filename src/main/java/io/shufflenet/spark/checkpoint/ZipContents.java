package io.shufflenet.spark.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The entries of a zip archive in memory and their contents. A stored entry is a view of the
 * archive; a deflated one is inflated once, within the budget. Lengths and checksums are checked,
 * and that entries do not share bytes: else a small archive could hold any amount.
 */
final class ZipContents {
  /** Where an entry's own header holds the lengths of what stands between it and the content. */
  private static final int HEADER_LENGTH = 30;

  private static final int HEADER_SIGNATURE = 0x04034B50;
  private static final int NAME_LENGTH = 26;
  private static final int EXTRA_LENGTH = 28;

  /** What a writer that computes no checksums leaves in their place. */
  private static final long NO_CHECKSUM = 0;

  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final ByteBuffer archive;
  private final MemoryBudget budget;
  private final Map<String, ArchiveEntry> entries;
  private final Map<String, ByteBuffer> contents = new HashMap<>();
  private long unread;

  ZipContents(byte[] file, MemoryBudget budget) throws FormatException {
    this.archive = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    this.budget = budget;
    this.entries = ZipDirectory.read(archive);
    this.unread = file.length;
  }

  /** In the archive's order. */
  Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /** The whole content of an entry. */
  ByteBuffer content(String name) throws FormatException {
    ByteBuffer content = contents.get(name);
    if (content == null) {
      content = read(name);
      contents.put(name, content);
    }
    return content.duplicate();
  }

  private ByteBuffer read(String name) throws FormatException {
    ArchiveEntry entry = entries.get(name);
    if (entry == null) {
      throw new FormatException("its zip archive lacks the entry " + Description.text(name));
    }
    ByteBuffer packed = packed(entry);
    ByteBuffer content = entry.method() == ArchiveEntry.STORED ? packed : inflated(entry, packed);
    requireIntact(entry, content);
    return content;
  }

  private ByteBuffer packed(ArchiveEntry entry) throws FormatException {
    boolean unpackable =
        entry.method() == ArchiveEntry.STORED || entry.method() == ArchiveEntry.DEFLATED;
    if (!unpackable || entry.isEncrypted()) {
      throw new FormatException(
          "the entry %s of its zip archive is encrypted or compressed by an unusual method"
              .formatted(Description.text(entry.name())));
    }
    long start = start(entry);
    unread -= entry.packedLength();
    if (entry.packedLength() > archive.capacity() - start || unread < 0) {
      throw damaged(entry);
    }
    return archive.slice((int) start, (int) entry.packedLength());
  }

  private long start(ArchiveEntry entry) throws FormatException {
    if (entry.header() > archive.capacity() - HEADER_LENGTH
        || archive.getInt((int) entry.header()) != HEADER_SIGNATURE) {
      throw damaged(entry);
    }
    int header = (int) entry.header();
    return entry.header()
        + HEADER_LENGTH
        + Short.toUnsignedInt(archive.getShort(header + NAME_LENGTH))
        + Short.toUnsignedInt(archive.getShort(header + EXTRA_LENGTH));
  }

  private ByteBuffer inflated(ArchiveEntry entry, ByteBuffer packed) throws FormatException {
    if (entry.length() > LONGEST_ARRAY) {
      throw damaged(entry);
    }
    budget.take(entry.length(), "the entry " + Description.text(entry.name()));
    byte[] content = new byte[(int) entry.length()];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed.duplicate());
      int length = 0;
      int more = inflater.inflate(content);
      while (more > 0) {
        length += more;
        more = inflater.inflate(content, length, content.length - length);
      }
      return ByteBuffer.wrap(content, 0, length).slice();
    } catch (DataFormatException e) {
      throw new FormatException(damaged(entry).getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private static void requireIntact(ArchiveEntry entry, ByteBuffer content) throws FormatException {
    CRC32 checksum = new CRC32();
    checksum.update(content.duplicate());
    boolean intact = entry.checksum() == NO_CHECKSUM || entry.checksum() == checksum.getValue();
    if (!intact || content.capacity() != entry.length()) {
      throw damaged(entry);
    }
  }

  private static FormatException damaged(ArchiveEntry entry) {
    return new FormatException(
        "the entry %s of its zip archive is damaged".formatted(Description.text(entry.name())));
  }
}
