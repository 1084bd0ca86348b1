package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The bytes of a TIFF's strip or tile out of each compression (TIFF 6.0, sections 9 and 13; deflate
 * by its supplement 2).
 */
final class TiffRows {
  static final int PLAIN = 1;
  static final int LZW = 5;
  static final int DEFLATE = 8;
  static final int PACK_BITS = 32773;
  static final int OLD_DEFLATE = 32946;

  /** Those that are unpacked here. */
  static final Set<Integer> COMPRESSIONS = Set.of(PLAIN, LZW, DEFLATE, PACK_BITS, OLD_DEFLATE);

  private TiffRows() {}

  static Rows of(int compression, byte[] data) {
    return switch (compression) {
      case PLAIN -> new Plain(data);
      case LZW -> new Lzw(data);
      case PACK_BITS -> new PackBits(data);
      default -> new Deflate(data);
    };
  }

  private static ImageException corrupt(String reason) {
    return new ImageException(Kind.CORRUPT, "the TIFF's pixels cannot be unpacked: " + reason);
  }

  private static ImageException tooShort() {
    return new ImageException(
        Kind.TRUNCATED, "a strip or tile of the TIFF ends before its last row");
  }

  private static final class Plain implements Rows {
    private final byte[] data;
    private int at;

    Plain(byte[] data) {
      this.data = data;
    }

    @Override
    public void read(byte[] row) throws ImageException {
      if (row.length > data.length - at) {
        throw tooShort();
      }
      System.arraycopy(data, at, row, 0, row.length);
      at += row.length;
    }
  }

  private static final class PackBits implements Rows {
    private final byte[] data;
    private int at;
    private int literals;
    private int repeats;

    PackBits(byte[] data) {
      this.data = data;
    }

    @Override
    public void read(byte[] row) throws ImageException {
      for (int i = 0; i < row.length; i++) {
        while (literals == 0 && repeats == 0) {
          int control = next();
          literals = control >= 0 ? control + 1 : 0;
          repeats = control < 0 && control > Byte.MIN_VALUE ? 1 - control : 0;
        }
        row[i] = next();
        if (literals > 0) {
          literals--;
        } else if (--repeats > 0) {
          at--;
        }
      }
    }

    private byte next() throws ImageException {
      if (at == data.length) {
        throw tooShort();
      }
      return data[at++];
    }
  }

  private static final class Lzw implements Rows {
    private static final int CLEAR = 256;

    private final byte[] data;
    private final LzwTable table = new LzwTable(CLEAR, 1);
    private int at;
    private int bits;
    private int bitCount;

    Lzw(byte[] data) {
      this.data = data;
    }

    @Override
    public void read(byte[] row) throws ImageException {
      for (int i = 0; i < row.length; i++) {
        while (table.isEmpty()) {
          decode();
        }
        row[i] = table.poll();
      }
    }

    private void decode() throws ImageException {
      int code = code();
      if (code == table.clearCode()) {
        table.restart();
      } else if (code == table.endCode()) {
        throw tooShort();
      } else if (!table.take(code)) {
        throw corrupt("a code means nothing");
      }
    }

    private int code() throws ImageException {
      int width = table.codeWidth();
      while (bitCount < width) {
        if (at == data.length) {
          throw tooShort();
        }
        bits = bits << 8 | Byte.toUnsignedInt(data[at++]);
        bitCount += 8;
      }
      bitCount -= width;
      return (bits >>> bitCount) & ((1 << width) - 1);
    }
  }

  private static final class Deflate implements Rows {
    private final Inflater inflater = new Inflater();

    Deflate(byte[] data) {
      inflater.setInput(data);
    }

    @Override
    public void read(byte[] row) throws ImageException {
      int length = 0;
      while (length < row.length) {
        int count = inflate(row, length);
        if (count == 0) {
          throw tooShort();
        }
        length += count;
      }
    }

    /** What follows the last row is the stream's checksum. */
    @Override
    public void end() throws ImageException {
      inflate(new byte[1], 0);
    }

    private int inflate(byte[] row, int at) throws ImageException {
      try {
        return inflater.inflate(row, at, row.length - at);
      } catch (DataFormatException e) {
        throw corrupt(String.valueOf(e.getMessage()));
      }
    }

    @Override
    public void close() {
      inflater.end();
    }
  }
}
