package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import io.shufflenet.spark.image.ImageHeader.Format;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** PBM, PGM and PPM, plain (P1 to P3) and raw (P4 to P6), as Netpbm's pages define them. */
final class PnmFile {
  private static final int PLAIN_BITS = 1;
  private static final int RAW_BITS = 4;
  private static final int CHANNELS = 3;
  private static final long HIGHEST = 0xFFFF;

  private final Bytes bytes;
  private final int type;
  private final long width;
  private final long height;
  private final int highest;
  private int at = 2;

  private PnmFile(Bytes bytes) throws ImageException {
    this.bytes = bytes;
    type = bytes.u8(1) - '0';
    width = headerNumber();
    height = headerNumber();
    long told = isBits() ? 1 : headerNumber();
    if (told < 1 || told > HIGHEST) {
      throw new ImageException(Kind.CORRUPT, "the image's highest level is " + told);
    }
    highest = (int) told;
    at++;
  }

  /** Reads the header; what is returned can decode once. */
  static PnmFile read(Bytes bytes) throws ImageException {
    return new PnmFile(bytes);
  }

  static boolean isBlank(int character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
  }

  ImageHeader header() throws ImageException {
    return ImageHeader.of(Format.PNM, width, height, ImageHeader.UPRIGHT);
  }

  /**
   * @param bgr room for all pixels, rows of blue, green, red
   */
  void decode(ByteBuffer bgr) throws ImageException {
    if (at + shortestLength() > bytes.length()) {
      throw truncated();
    }
    int samples = (int) width * (isColour() ? CHANNELS : 1);
    byte[] levels = levels();
    byte[] row = new byte[(int) width * CHANNELS];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < samples; i++) {
        byte level = levels[sample(i)];
        if (isColour()) {
          row[i - i % CHANNELS + CHANNELS - 1 - i % CHANNELS] = level;
        } else {
          Arrays.fill(row, i * CHANNELS, (i + 1) * CHANNELS, level);
        }
      }
      at += isPlain() ? 0 : (int) rowLength();
      bgr.put(y * row.length, row);
    }
  }

  /** What each value is in 0..255. In bitmaps 1 is black. */
  private byte[] levels() {
    byte[] levels = new byte[highest + 1];
    for (int value = 0; value <= highest; value++) {
      int lightness = isBits() ? 1 - value : value;
      levels[value] = (byte) Math.rint((double) lightness / highest * 255);
    }
    return levels;
  }

  /** The i-th sample of the row that begins here, or the next one of a plain image. */
  private int sample(int i) throws ImageException {
    if (type == PLAIN_BITS) {
      return plainBit();
    }
    if (isPlain()) {
      return plainSample();
    }
    if (type == RAW_BITS) {
      return (bytes.u8(at + i / 8) >> (7 - i % 8)) & 1;
    }
    int value = highest < 256 ? bytes.u8(at + i) : bytes.u16(at + 2L * i);
    return Math.min(value, highest);
  }

  private int plainBit() throws ImageException {
    skipBlanks();
    int digit = bytes.u8(at++) - '0';
    if (digit != 0 && digit != 1) {
      throw new ImageException(Kind.CORRUPT, "a bit of the plain bitmap is neither 0 nor 1");
    }
    return digit;
  }

  private int plainSample() throws ImageException {
    long value = number();
    if (value < 0 || value > highest) {
      throw new ImageException(
          Kind.CORRUPT, "a level of the plain image is not within 0 and " + highest);
    }
    return (int) value;
  }

  private long headerNumber() throws ImageException {
    long number = number();
    if (number < 0) {
      throw new ImageException(
          Kind.NOT_AN_IMAGE, "the file begins with P%d and goes on in no number".formatted(type));
    }
    return number;
  }

  /** The decimal number behind blanks and comments; negative where something else stands. */
  private long number() throws ImageException {
    skipBlanks();
    int start = at;
    long number = 0;
    while (at < bytes.length() && Character.digit(bytes.u8(at), 10) >= 0) {
      number = Math.min(number * 10 + bytes.u8(at) - '0', Integer.MAX_VALUE + 1L);
      at++;
    }
    boolean ended = at == bytes.length() || isBlank(bytes.u8(at)) || bytes.u8(at) == '#';
    return ended && at > start ? number : -1;
  }

  private void skipBlanks() throws ImageException {
    while (isBlank(bytes.u8(at)) || bytes.u8(at) == '#') {
      if (bytes.u8(at) == '#') {
        at = bytes.indexOf('\n', at);
      } else {
        at++;
      }
    }
  }

  /** Bytes that the pixels take at least. */
  private long shortestLength() {
    long samples = width * height * (isColour() ? CHANNELS : 1);
    if (type == PLAIN_BITS) {
      return samples;
    }
    return isPlain() ? 2 * samples - 1 : rowLength() * height;
  }

  private long rowLength() {
    long samples = width * (isColour() ? CHANNELS : 1);
    return type == RAW_BITS ? (samples + 7) / 8 : samples * (highest < 256 ? 1 : 2);
  }

  private boolean isPlain() {
    return type < RAW_BITS;
  }

  private boolean isBits() {
    return type == PLAIN_BITS || type == RAW_BITS;
  }

  private boolean isColour() {
    return type % 3 == 0;
  }

  private static ImageException truncated() {
    return new ImageException(Kind.TRUNCATED, "the image ends before its last row");
  }
}
