package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import io.shufflenet.spark.image.ImageHeader.Format;
import java.nio.ByteBuffer;

/**
 * A GIF's first image (GIF89a specification) on its screen, as Pillow composes it: the screen is as
 * large as the image needs; around the image stands the transparent colour, or else colour 0;
 * transparent pixels have their palette's colour.
 */
final class GifFile {
  private static final int SCREEN = 13;
  private static final int DESCRIPTOR = 10;
  private static final int HAS_PALETTE = 0x80;
  private static final int INTERLACED = 0x40;
  private static final int PALETTE_SIZE = 0x07;
  private static final int GRAPHIC_CONTROL = 0xF9;

  /** First row and distance of the rows of each pass. */
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  private static final int[][] ONE_PASS = {{0, 1}};

  private final Bytes bytes;
  private final int background;
  private final int left;
  private final int top;
  private final int width;
  private final int height;
  private final int flags;
  private final int descriptor;

  private GifFile(Bytes bytes, int background, int descriptor) throws ImageException {
    this.bytes = bytes;
    this.background = background;
    this.descriptor = descriptor;
    left = bytes.u16(descriptor + 1);
    top = bytes.u16(descriptor + 3);
    width = bytes.u16(descriptor + 5);
    height = bytes.u16(descriptor + 7);
    flags = bytes.u8(descriptor + 9);
  }

  static GifFile read(Bytes bytes) throws ImageException {
    int screenFlags = bytes.u8(10);
    int at = SCREEN + ((screenFlags & HAS_PALETTE) == 0 ? 0 : 3 * colours(screenFlags));
    int background = 0;
    while (true) {
      int block = bytes.u8(at);
      if (block == ',') {
        return new GifFile(bytes, background, at);
      }
      if (block == ';') {
        throw new ImageException(Kind.CORRUPT, "the GIF has no image");
      }
      if (block != '!') {
        at++;
        continue;
      }
      if (bytes.u8(at + 1) == GRAPHIC_CONTROL && (bytes.u8(at + 3) & 1) != 0) {
        background = bytes.u8(at + 6);
      }
      at = behindBlocks(at + 2, bytes);
    }
  }

  ImageHeader header() throws ImageException {
    if (width == 0 || height == 0) {
      throw new ImageException(Kind.CORRUPT, "the GIF's first image has no pixels");
    }
    return ImageHeader.of(
        Format.GIF,
        Math.max(bytes.u16(6), left + width),
        Math.max(bytes.u16(8), top + height),
        ImageHeader.UPRIGHT);
  }

  /**
   * @param bgr room for the whole screen, rows of blue, green, red
   */
  void decode(ByteBuffer bgr) throws ImageException {
    Palette palette = palette();
    int screenWidth = header().width();
    palette.fill(background, bgr);
    GifCodes codes = new GifCodes(bytes, dataAt());
    byte[] row = new byte[width];
    for (int[] pass : (flags & INTERLACED) == 0 ? ONE_PASS : PASSES) {
      for (int y = pass[0]; y < height; y += pass[1]) {
        codes.read(row);
        palette.put(row, bgr, (top + y) * screenWidth + left);
      }
    }
  }

  private int dataAt() {
    return descriptor + DESCRIPTOR + ((flags & HAS_PALETTE) == 0 ? 0 : 3 * colours(flags));
  }

  private Palette palette() throws ImageException {
    if ((flags & HAS_PALETTE) != 0) {
      return Palette.ofRgb(bytes, descriptor + DESCRIPTOR, colours(flags));
    }
    int screenFlags = bytes.u8(10);
    return Palette.ofRgb(
        bytes, SCREEN, (screenFlags & HAS_PALETTE) == 0 ? 0 : colours(screenFlags));
  }

  private static int colours(int flags) {
    return 2 << (flags & PALETTE_SIZE);
  }

  private static int behindBlocks(int from, Bytes bytes) throws ImageException {
    int at = from;
    while (bytes.u8(at) != 0) {
      at += 1 + bytes.u8(at);
    }
    return at + 1;
  }
}
