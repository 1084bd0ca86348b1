package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;

/** How a TIFF's pixels are cut up, where a strip is a tile as wide as the image. */
final class TiffLayout {
  private static final int STRIP_OFFSETS = 273;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_LENGTHS = 279;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_LENGTHS = 325;

  /** Wider than any program writes tiles. */
  private static final int WIDEST = 1 << 16;

  private final boolean tiled;
  private final int tileWidth;
  private final int tileHeight;
  private final int across;
  private final int down;
  private final long[] offsets;
  private final long[] lengths;

  /**
   * @throws ImageException if the tiles are larger than {@code maxPixels} or fewer than the image
   *     needs
   */
  TiffLayout(TiffDirectory tags, ImageHeader header, int planes, long maxPixels)
      throws ImageException {
    tiled = tags.value(TILE_WIDTH, 0) > 0;
    long width = tiled ? tags.value(TILE_WIDTH, 0) : header.width();
    long rows = tags.value(tiled ? TILE_HEIGHT : ROWS_PER_STRIP, header.height());
    long height = tiled ? rows : Math.min(rows, header.height());
    if (width > Math.max(header.width(), WIDEST) || height > maxPixels / width) {
      throw new ImageException(
          Kind.TOO_LARGE, "the TIFF has tiles of %d x %d pixels".formatted(width, height));
    }
    if (height < 1) {
      throw new ImageException(Kind.CORRUPT, "the TIFF has tiles without rows");
    }
    tileWidth = (int) width;
    tileHeight = (int) height;
    across = (header.width() - 1) / tileWidth + 1;
    down = (header.height() - 1) / tileHeight + 1;
    offsets = tags.values(tiled ? TILE_OFFSETS : STRIP_OFFSETS);
    lengths = tags.values(tiled ? TILE_LENGTHS : STRIP_LENGTHS);
    if (offsets.length < (long) across * down * planes) {
      throw new ImageException(
          Kind.CORRUPT, "the TIFF has only %d of its strips or tiles".formatted(offsets.length));
    }
  }

  int tileWidth() {
    return tileWidth;
  }

  int tileHeight() {
    return tileHeight;
  }

  /** Tiles side by side. */
  int across() {
    return across;
  }

  /** Tiles below each other. */
  int down() {
    return down;
  }

  /**
   * Where the tile stands in the file. Tiles are counted row by row, and separate planes one after
   * the other.
   */
  long offset(int tile) {
    return offsets[tile];
  }

  /** The rows that are stored of a tile whose first row is {@code top}. */
  int rows(int top, int height) {
    return tiled ? tileHeight : Math.min(tileHeight, height - top);
  }

  /** The tile's length in the file; the file's own where it is not told. */
  long length(int tile, Bytes file) {
    return tile < lengths.length && lengths[tile] > 0 ? lengths[tile] : file.length();
  }

  /** Whether the file ends before one of the tiles does. */
  boolean isTruncated(Bytes file) {
    for (int i = 0; i < offsets.length; i++) {
      long length = i < lengths.length ? lengths[i] : 0;
      if (offsets[i] < 0 || length < 0 || offsets[i] + length > file.length()) {
        return true;
      }
    }
    return false;
  }
}
