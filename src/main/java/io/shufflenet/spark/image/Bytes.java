package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Unsigned reading of an encoded image, or of a part of it, that never leaves its bounds. */
final class Bytes {
  private static final long ONES = 0x0101010101010101L;

  private final ByteBuffer buffer;

  private Bytes(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  static Bytes of(byte[] encoded, ByteOrder order) {
    return new Bytes(ByteBuffer.wrap(encoded).order(order));
  }

  int length() {
    return buffer.limit();
  }

  int u8(long at) throws ImageException {
    return Byte.toUnsignedInt(buffer.get(within(at, Byte.BYTES)));
  }

  int u16(long at) throws ImageException {
    return Short.toUnsignedInt(buffer.getShort(within(at, Short.BYTES)));
  }

  /** In little-endian order, whatever the order of the others. */
  int u24(long at) throws ImageException {
    return u8(at) | u8(at + 1) << 8 | u8(at + 2) << 16;
  }

  int i32(long at) throws ImageException {
    return buffer.getInt(within(at, Integer.BYTES));
  }

  long u32(long at) throws ImageException {
    return Integer.toUnsignedLong(i32(at));
  }

  long i64(long at) throws ImageException {
    return buffer.getLong(within(at, Long.BYTES));
  }

  /** Whether these characters, one byte each, stand there; false where the bytes end before. */
  boolean has(int at, String characters) {
    byte[] wanted = characters.getBytes(StandardCharsets.ISO_8859_1);
    return at <= length() - wanted.length
        && buffer.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted));
  }

  /** Where the value next stands, at or after {@code from}; the length where it does not. */
  int indexOf(int value, int from) {
    int at = from;
    long everywhere = value * ONES;
    while (at <= length() - Long.BYTES && !hasZeroByte(buffer.getLong(at) ^ everywhere)) {
      at += Long.BYTES;
    }
    while (at < length() && Byte.toUnsignedInt(buffer.get(at)) != value) {
      at++;
    }
    return at;
  }

  private static boolean hasZeroByte(long word) {
    return (word - ONES & ~word & ONES << 7) != 0;
  }

  /** As many bytes as characters of Latin-1. */
  String text(long at, int length) throws ImageException {
    return new String(part(at, length).copy(0), StandardCharsets.ISO_8859_1);
  }

  /** Copies {@code length} bytes to a place in {@code target}. */
  void copy(long from, int length, ByteBuffer target, int targetAt) throws ImageException {
    target.put(targetAt, buffer, within(from, length), length);
  }

  byte[] copy(int from) {
    byte[] copy = new byte[length() - from];
    buffer.get(from, copy);
    return copy;
  }

  /** The same bytes from {@code from}, at most {@code length} of them. */
  Bytes part(long from, long length) throws ImageException {
    int start = within(from, 0);
    int end = (int) Math.min(length, length() - start);
    return new Bytes(buffer.slice(start, end).order(buffer.order()));
  }

  Bytes in(ByteOrder order) {
    return new Bytes(buffer.duplicate().order(order));
  }

  private int within(long at, int size) throws ImageException {
    if (at < 0 || at > length() - size) {
      throw new ImageException(
          Kind.TRUNCATED,
          "the file ends after %d bytes, in the middle of its data".formatted(length()));
    }
    return (int) at;
  }
}
