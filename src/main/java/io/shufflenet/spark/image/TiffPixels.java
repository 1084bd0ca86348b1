package io.shufflenet.spark.image;

import java.nio.ByteBuffer;

/**
 * Unpacks a TIFF's strips or tiles.
 *
 * @param compression one of {@link TiffRows#COMPRESSIONS}
 * @param differences whether each sample is the difference from the one before it in its row (TIFF
 *     6.0, section 14)
 * @param mirrored whether each byte's lowest bit comes first
 */
record TiffPixels(
    Bytes file,
    ImageHeader header,
    TiffLayout layout,
    TiffColours colours,
    int compression,
    boolean differences,
    boolean mirrored) {
  /**
   * Writes one row of a tile: its first {@code count} pixels, to the given pixel and those that
   * follow.
   */
  private interface Target {
    void put(byte[] row, int count, int pixel);
  }

  /** Of samples that stand side by side. */
  void decode(ByteBuffer bgr) throws ImageException {
    decode(0, (row, count, pixel) -> colours.put(row, count, bgr, pixel));
  }

  /** Of red, green and blue in separate planes. */
  void decodePlanes(ByteBuffer bgr) throws ImageException {
    for (int plane = 0; plane < 3; plane++) {
      int sample = plane;
      decode(plane, (row, count, pixel) -> colours.putPlane(row, count, sample, bgr, pixel));
    }
  }

  private void decode(int plane, Target target) throws ImageException {
    int tiles = layout.across() * layout.down();
    for (int i = 0; i < tiles; i++) {
      int left = i % layout.across() * layout.tileWidth();
      int top = i / layout.across() * layout.tileHeight();
      decodeTile(plane * tiles + i, left, top, target);
    }
  }

  private void decodeTile(int index, int left, int top, Target target) throws ImageException {
    int columns = Math.min(layout.tileWidth(), header.width() - left);
    int stored = layout.rows(top, header.height());
    byte[] row = new byte[colours.rowLength(layout.tileWidth())];
    try (Rows rows = TiffRows.of(compression, packed(index, (long) stored * row.length))) {
      for (int y = 0; y < stored; y++) {
        rows.read(row);
        if (differences) {
          colours.addUp(row);
        }
        if (top + y < header.height()) {
          target.put(row, columns, (top + y) * header.width() + left);
        }
      }
      rows.end();
    }
  }

  private byte[] packed(int tile, long unpackedLength) throws ImageException {
    long length = compression == TiffRows.PLAIN ? unpackedLength : layout.length(tile, file);
    byte[] packed = file.part(layout.offset(tile), length).copy(0);
    for (int i = 0; mirrored && i < packed.length; i++) {
      packed[i] = (byte) (Integer.reverse(packed[i]) >>> 24);
    }
    return packed;
  }
}
