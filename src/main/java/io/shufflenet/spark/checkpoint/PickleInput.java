package io.shufflenet.spark.checkpoint;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of one pickle, read forwards. Every length is compared with what is left before it is
 * used.
 */
final class PickleInput {
  /** Hundreds of times what a large network's names and shapes take. */
  private static final int LONGEST = 16 << 20;

  private final ByteBuffer bytes;
  private final int start;
  private final int end;

  /** Starts at the buffer's position, moves it, and sets the buffer's order to little-endian. */
  PickleInput(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.start = bytes.position();
    this.end = start + Math.min(bytes.remaining(), LONGEST);
  }

  /** Bytes read so far. */
  int position() {
    return bytes.position() - start;
  }

  int unsignedByte() throws FormatException {
    require(1);
    return bytes.get() & 0xFF;
  }

  int unsignedShort() throws FormatException {
    return unsignedByte() | unsignedByte() << 8;
  }

  int littleEndianInt() throws FormatException {
    require(Integer.BYTES);
    return bytes.getInt();
  }

  long littleEndianLong() throws FormatException {
    require(Long.BYTES);
    return bytes.getLong();
  }

  double bigEndianDouble() throws FormatException {
    return Double.longBitsToDouble(Long.reverseBytes(littleEndianLong()));
  }

  /** A little-endian two's complement number: a Long where it fits, else a BigInteger. */
  Number integer(int length) throws FormatException {
    if (length == 0) {
      return 0L;
    }
    byte[] reversed = new byte[length];
    for (int index = length - 1; index >= 0; index--) {
      reversed[index] = (byte) unsignedByte();
    }
    BigInteger integer = new BigInteger(reversed);
    return integer.bitLength() < Long.SIZE ? (Number) integer.longValue() : integer;
  }

  String text(long length) throws FormatException {
    require(length);
    byte[] text = new byte[(int) length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  void skip(long length) throws FormatException {
    require(length);
    bytes.position(bytes.position() + (int) length);
  }

  /** Text up to a line feed, which is read and left out. */
  String line() throws FormatException {
    int length = 0;
    while (length < end - bytes.position() && bytes.get(bytes.position() + length) != '\n') {
      length++;
    }
    String line = text(length);
    skip(1);
    return line;
  }

  /** Refuses a length that is negative or reaches beyond the end. */
  void require(long length) throws FormatException {
    if (length >= 0 && length <= end - bytes.position()) {
      return;
    }
    if (end < bytes.limit()) {
      throw new FormatException("its pickle is longer than %d bytes".formatted(LONGEST));
    }
    throw new FormatException(
        "its pickle ends early, at byte %d: the file is cut off or damaged".formatted(end - start));
  }
}
