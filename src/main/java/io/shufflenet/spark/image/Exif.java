package io.shufflenet.spark.image;

import java.nio.ByteOrder;

/** The orientation in EXIF data, which have the structure of a TIFF file. */
final class Exif {
  private static final int ORIENTATION = 0x0112;
  private static final int ENTRY = 12;

  private Exif() {}

  /** 1 to 8; 1 where there is none that makes sense: EXIF data never make an image unreadable. */
  static int orientation(Bytes exif) {
    try {
      return read(exif);
    } catch (ImageException e) {
      return ImageHeader.UPRIGHT;
    }
  }

  private static int read(Bytes exif) throws ImageException {
    Bytes bytes = exif.in(exif.has(0, "II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    if (bytes.u16(2) != 42) {
      return ImageHeader.UPRIGHT;
    }
    long directory = bytes.u32(4);
    int entries = bytes.u16(directory);
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + (long) i * ENTRY;
      if (bytes.u16(entry) == ORIENTATION) {
        long value = bytes.u16(entry + 2) == 3 ? bytes.u16(entry + 8) : bytes.u32(entry + 8);
        return value >= 1 && value <= 8 ? (int) value : ImageHeader.UPRIGHT;
      }
    }
    return ImageHeader.UPRIGHT;
  }
}
