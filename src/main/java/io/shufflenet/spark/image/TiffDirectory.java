package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import java.nio.ByteOrder;

/** The tags of a TIFF or BigTIFF file's first page (TIFF 6.0, section 2). */
final class TiffDirectory {
  private static final int BIG = 43;
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int LONG8 = 16;

  /** More than one for each row of each plane of the largest image. */
  private static final int MOST_VALUES = 1 << 22;

  private final Bytes bytes;
  private final boolean big;
  private final long firstEntry;
  private final long entries;

  /**
   * @param file the whole file, in any byte order
   */
  TiffDirectory(Bytes file) throws ImageException {
    bytes = file.in(file.has(0, "II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    big = bytes.u16(2) == BIG;
    long directory = big ? bytes.i64(8) : bytes.u32(4);
    firstEntry = directory + (big ? Long.BYTES : Short.BYTES);
    entries = big ? bytes.i64(directory) : bytes.u16(directory);
    if (entries < 1 || entries > bytes.length() / entryLength()) {
      throw new ImageException(
          Kind.CORRUPT, "the TIFF's directory has %d entries".formatted(entries));
    }
  }

  /** The tag's first value. */
  long value(int tag, long absent) throws ImageException {
    long entry = entry(tag);
    return entry < 0 ? absent : number(entry, 0);
  }

  /** The tag's values; none where it is absent. */
  long[] values(int tag) throws ImageException {
    long entry = entry(tag);
    if (entry < 0) {
      return new long[0];
    }
    long count = count(entry);
    if (count < 0 || count > MOST_VALUES) {
      throw new ImageException(
          Kind.CORRUPT, "the TIFF's tag %d has %d values".formatted(tag, count));
    }
    long[] values = new long[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(entry, i);
    }
    return values;
  }

  boolean isLittleEndian() {
    return bytes.has(0, "II");
  }

  /** Where the tag's entry stands; negative where it is absent, or no number. */
  private long entry(int tag) throws ImageException {
    for (long i = 0; i < entries; i++) {
      long entry = firstEntry + i * entryLength();
      if (bytes.u16(entry) == tag && size(entry) > 0) {
        return entry;
      }
    }
    return -1;
  }

  private int entryLength() {
    return big ? 20 : 12;
  }

  private long count(long entry) throws ImageException {
    return big ? bytes.i64(entry + 4) : bytes.u32(entry + 4);
  }

  private long valuesAt(long entry) throws ImageException {
    long inPlace = entry + (big ? 12 : 8);
    if (count(entry) * size(entry) <= (big ? Long.BYTES : Integer.BYTES)) {
      return inPlace;
    }
    return big ? bytes.i64(inPlace) : bytes.u32(inPlace);
  }

  private long number(long entry, int i) throws ImageException {
    long at = valuesAt(entry) + (long) i * size(entry);
    return switch (size(entry)) {
      case 1 -> bytes.u8(at);
      case Short.BYTES -> bytes.u16(at);
      case Integer.BYTES -> bytes.u32(at);
      default -> bytes.i64(at);
    };
  }

  private int size(long entry) throws ImageException {
    return switch (bytes.u16(entry + 2)) {
      case BYTE -> 1;
      case SHORT -> Short.BYTES;
      case LONG -> Integer.BYTES;
      case LONG8 -> Long.BYTES;
      default -> 0;
    };
  }
}
