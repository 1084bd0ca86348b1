package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import io.shufflenet.spark.image.ImageHeader.Format;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A Windows or OS/2 bitmap of 1, 4, 8, 16, 24 or 32 bits a pixel, plain or run-length coded. Alpha
 * is left out.
 */
final class BmpFile {
  private static final int FILE_HEADER = 14;
  private static final int OS2_HEADER = 12;
  private static final int MASKS_AT = FILE_HEADER + 40;
  private static final Set<Long> HEADERS = Set.of(12L, 40L, 64L, 108L, 124L);

  private static final int PLAIN = 0;
  private static final int RUNS_OF_8 = 1;
  private static final int RUNS_OF_4 = 2;
  private static final int BIT_FIELDS = 3;

  private static final int CHANNELS = 3;

  /** The blue, green and red masks that are in use: of 16, then of 32 bits. */
  private static final Set<List<Integer>> MASKS =
      Set.of(
          List.of(0x1F, 0x3E0, 0x7C00),
          List.of(0x1F, 0x7E0, 0xF800),
          List.of(0xFF, 0xFF00, 0xFF0000),
          List.of(0xFF0000, 0xFF00, 0xFF),
          List.of(0xFF00, 0xFF0000, 0xFF000000));

  private final Bytes bytes;
  private final int headerLength;
  private final int width;
  private final long height;
  private final boolean topDown;
  private final int depth;
  private final long compression;
  private final long colours;

  private BmpFile(Bytes bytes, int headerLength) throws ImageException {
    this.bytes = bytes;
    this.headerLength = headerLength;
    boolean os2 = headerLength == OS2_HEADER;
    width = os2 ? bytes.u16(18) : bytes.i32(18);
    long rows = os2 ? bytes.u16(20) : bytes.i32(22);
    topDown = rows < 0;
    height = Math.abs(rows);
    depth = bytes.u16(os2 ? 24 : 28);
    compression = os2 ? PLAIN : bytes.u32(30);
    long told = os2 ? 0 : bytes.u32(46);
    colours = told == 0 ? 1L << Math.min(depth, 8) : told;
  }

  static BmpFile read(Bytes bytes) throws ImageException {
    long headerLength = bytes.u32(FILE_HEADER);
    if (!HEADERS.contains(headerLength)) {
      throw new ImageException(
          Kind.NOT_AN_IMAGE, "the file begins with BM and has no header of a bitmap");
    }
    return new BmpFile(bytes, (int) headerLength);
  }

  ImageHeader header() throws ImageException {
    return ImageHeader.of(Format.BMP, width, height, ImageHeader.UPRIGHT);
  }

  /**
   * @param bgr room for all pixels, rows of blue, green, red
   */
  void decode(ByteBuffer bgr) throws ImageException {
    if ((compression == RUNS_OF_8 && depth == 8) || (compression == RUNS_OF_4 && depth == 4)) {
      decodeRuns(bgr);
    } else if (compression == PLAIN && (depth == 1 || depth == 4 || depth == 8)) {
      decodeIndices(bgr);
    } else if (compression == PLAIN && depth == 24) {
      decodeTriples(bgr);
    } else if ((compression == PLAIN || compression == BIT_FIELDS)
        && (depth == 16 || depth == 32)) {
      decodeFields(bgr);
    } else {
      throw unsupported(
          "a bitmap of %d bits a pixel in compression %d".formatted(depth, compression));
    }
  }

  private void decodeRuns(ByteBuffer bgr) throws ImageException {
    Palette palette = palette();
    byte[] indices = new BmpRuns(bytes, pixelsAt(), depth, width, (int) height).read();
    for (int i = 0; i < height; i++) {
      palette.put(Arrays.copyOfRange(indices, i * width, (i + 1) * width), bgr, target(i));
    }
  }

  private void decodeIndices(ByteBuffer bgr) throws ImageException {
    Palette palette = palette();
    long at = plainPixelsAt();
    byte[] row = new byte[width];
    int inByte = 8 / depth;
    int mask = (1 << depth) - 1;
    for (int i = 0; i < height; i++) {
      for (int x = 0; x < width; x++) {
        int shift = 8 - depth - x % inByte * depth;
        row[x] = (byte) ((bytes.u8(at + x / inByte) >> shift) & mask);
      }
      palette.put(row, bgr, target(i));
      at += stride();
    }
  }

  private void decodeTriples(ByteBuffer bgr) throws ImageException {
    long at = plainPixelsAt();
    for (int i = 0; i < height; i++) {
      bytes.copy(at, width * CHANNELS, bgr, target(i) * CHANNELS);
      at += stride();
    }
  }

  private void decodeFields(ByteBuffer bgr) throws ImageException {
    int[] masks = masks();
    long at = plainPixelsAt();
    byte[] row = new byte[width * CHANNELS];
    for (int i = 0; i < height; i++) {
      for (int x = 0; x < width; x++) {
        int pixel = depth == 16 ? bytes.u16(at + 2L * x) : bytes.i32(at + 4L * x);
        for (int c = 0; c < CHANNELS; c++) {
          row[x * CHANNELS + c] = level(pixel, masks[c]);
        }
      }
      bgr.put(target(i) * CHANNELS, row);
      at += stride();
    }
  }

  /** What the masked bits are in 0..255. */
  private static byte level(int pixel, int mask) {
    int shift = Integer.numberOfTrailingZeros(mask);
    return (byte) (((pixel & mask) >>> shift) * 255 / (mask >>> shift));
  }

  /** Blue, green and red. */
  private int[] masks() throws ImageException {
    int[] usual =
        depth == 16 ? new int[] {0x1F, 0x3E0, 0x7C00} : new int[] {0xFF, 0xFF00, 0xFF0000};
    if (compression == PLAIN) {
      return usual;
    }
    int[] masks = {bytes.i32(MASKS_AT + 8), bytes.i32(MASKS_AT + 4), bytes.i32(MASKS_AT)};
    if ((masks[0] | masks[1] | masks[2]) == 0) {
      return usual;
    }
    if (!MASKS.contains(Arrays.stream(masks).boxed().toList())) {
      throw unsupported("a bitmap with the colour masks " + Arrays.toString(masks));
    }
    return masks;
  }

  private Palette palette() throws ImageException {
    if (colours > Palette.SIZE) {
      throw new ImageException(
          Kind.CORRUPT, "the bitmap has a palette of %d colours".formatted(colours));
    }
    return Palette.ofBgr(bytes, FILE_HEADER + headerLength, (int) colours, paletteEntry());
  }

  private long pixelsAt() throws ImageException {
    long told = bytes.u32(10);
    int behindHeader = FILE_HEADER + headerLength;
    boolean impossible = told == 0 || (told == behindHeader && depth <= 8);
    return impossible ? behindHeader + (depth <= 8 ? paletteEntry() * colours : 0) : told;
  }

  private int paletteEntry() {
    return headerLength == OS2_HEADER ? 3 : 4;
  }

  private long plainPixelsAt() throws ImageException {
    long at = pixelsAt();
    long needed = stride() * (height - 1) + ((long) width * depth + 7) / 8;
    if (at + needed > bytes.length()) {
      throw new ImageException(Kind.TRUNCATED, "the bitmap ends before its last row");
    }
    return at;
  }

  /** Bytes from row to row. */
  private long stride() {
    return ((long) width * depth + 31) / 32 * 4;
  }

  /** The first pixel of the row that is stored as the i-th. */
  private int target(int i) {
    return (topDown ? i : (int) height - 1 - i) * width;
  }

  private static ImageException unsupported(String what) {
    return new ImageException(
        Kind.UNSUPPORTED_FORMAT, "the file is " + what + ", which is not read");
  }
}
