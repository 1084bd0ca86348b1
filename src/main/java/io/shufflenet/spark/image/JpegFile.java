package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import io.shufflenet.spark.image.ImageHeader.Format;

/**
 * JPEG's markers (ITU-T T.81, annex B), read as libjpeg reads them: what is not a marker is
 * skipped.
 */
final class JpegFile {
  private static final int TEM = 0x01;
  private static final int SOF0 = 0xC0;
  private static final int SOF2 = 0xC2;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int SOF9 = 0xC9;
  private static final int SOF10 = 0xCA;
  private static final int DAC = 0xCC;
  private static final int SOF15 = 0xCF;
  private static final int RST0 = 0xD0;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int DQT = 0xDB;
  private static final int DRI = 0xDD;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COM = 0xFE;

  private static final String EXIF = "Exif\0\0";
  private static final String ADOBE = "Adobe";
  private static final int YCCK = 2;

  /** What libjpeg's own cjpeg writes at most; each scan may cost a pass over all pixels. */
  private static final int MOST_SCANS = 100;

  private final Bytes bytes;
  private int frame = -1;
  private int scan;
  private int exif = -1;
  private int adobe = -1;
  private boolean hasRestarts;

  private JpegFile(Bytes bytes) {
    this.bytes = bytes;
  }

  static JpegFile read(Bytes bytes) throws ImageException {
    JpegFile file = new JpegFile(bytes);
    int at = 2;
    while (file.scan == 0) {
      at = file.marker(at);
      file.note(at);
      at = file.behind(at);
    }
    return file;
  }

  /** Remembers where the markers of interest stand. */
  private void note(int at) throws ImageException {
    int marker = bytes.u8(at);
    if (marker == SOS && frame >= 0) {
      scan = at;
    } else if (marker == SOS || marker == EOI) {
      throw new ImageException(Kind.CORRUPT, "the JPEG has no frame before its pixels");
    } else if (isFrame(marker)) {
      frame = at;
    } else if (marker == APP1 && exif < 0 && bytes.has(at + 3, EXIF)) {
      exif = at;
    } else if (marker == APP14 && bytes.has(at + 3, ADOBE)) {
      adobe = at;
    } else if (marker == DRI) {
      hasRestarts = true;
    }
  }

  ImageHeader header() throws ImageException {
    if (!isSupportedFrame()) {
      throw unsupported("lossless or hierarchical, of frame type %d", bytes.u8(frame) - SOF0);
    }
    if (bytes.u8(frame + 3) != 8) {
      throw unsupported("of %d bits a sample", bytes.u8(frame + 3));
    }
    if (components() != 1 && components() != 3 && components() != 4) {
      throw unsupported("of %d components", components());
    }
    return ImageHeader.of(Format.JPEG, bytes.u16(frame + 6), bytes.u16(frame + 4), orientation());
  }

  boolean isCmyk() throws ImageException {
    return components() == 4;
  }

  /** Whether the first three of four components are luminance and chrominance. */
  boolean isYcck() throws ImageException {
    return adobe >= 0 && bytes.u8(adobe + 14) == YCCK;
  }

  /**
   * Refuses thousands of scans, each of which may cost a pass over all pixels, and what libjpeg
   * finds behind the last row when OpenCV no longer listens.
   */
  void check() throws ImageException {
    if (isProgressive() || bytes.u8(scan + 3) < components()) {
      checkScans();
    } else if (!hasRestarts) {
      checkEnd();
    }
  }

  private void checkScans() throws ImageException {
    int scans = 0;
    int at = scan;
    while (at < bytes.length() && bytes.u8(at) != EOI) {
      scans += bytes.u8(at) == SOS ? 1 : 0;
      if (scans > MOST_SCANS) {
        throw unsupported("of more than %d scans", MOST_SCANS);
      }
      at = markerOrEnd(behind(at));
    }
  }

  private void checkEnd() throws ImageException {
    int at = markerOrEnd(behind(scan));
    while (at < bytes.length() && bytes.u8(at) != EOI) {
      int marker = bytes.u8(at);
      if (!isHarmless(marker)) {
        throw new ImageException(
            Kind.CORRUPT, "the JPEG's pixels are followed by the marker 0x%02x".formatted(marker));
      }
      at = markerOrEnd(behind(at));
    }
  }

  /** Whether there is no end marker. */
  boolean isTruncated() {
    try {
      int at = scan;
      while (bytes.u8(at) != EOI) {
        at = marker(behind(at));
      }
      return false;
    } catch (ImageException e) {
      return e.kind() == Kind.TRUNCATED;
    }
  }

  private boolean isSupportedFrame() throws ImageException {
    int marker = bytes.u8(frame);
    return marker <= SOF2 || marker == SOF9 || marker == SOF10;
  }

  private boolean isProgressive() throws ImageException {
    int marker = bytes.u8(frame);
    return marker == SOF2 || marker == SOF10;
  }

  private int components() throws ImageException {
    return bytes.u8(frame + 8);
  }

  private int orientation() throws ImageException {
    if (exif < 0) {
      return ImageHeader.UPRIGHT;
    }
    int length = bytes.u16(exif + 1) - 2 - EXIF.length();
    return Exif.orientation(bytes.part(exif + 3 + EXIF.length(), Math.max(length, 0)));
  }

  /** Where the next marker's code stands, at or after {@code from}. */
  private int marker(int from) throws ImageException {
    int at = markerOrEnd(from);
    bytes.u8(at);
    return at;
  }

  private int markerOrEnd(int from) throws ImageException {
    int length = bytes.length();
    int at = from;
    while (true) {
      at = bytes.indexOf(0xFF, at);
      while (at < length && bytes.u8(at) == 0xFF) {
        at++;
      }
      if (at >= length || bytes.u8(at) != 0) {
        return at;
      }
    }
  }

  /** Behind the marker whose code stands there, and its segment. */
  private int behind(int at) throws ImageException {
    int marker = bytes.u8(at);
    if (isAlone(marker)) {
      return at + 1;
    }
    int length = bytes.u16(at + 1);
    if (length < 2) {
      throw new ImageException(
          Kind.CORRUPT,
          "the JPEG's segment 0x%02x has a length of %d bytes".formatted(marker, length));
    }
    return at + 1 + length;
  }

  private static boolean isFrame(int marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
  }

  /**
   * Whether libjpeg passes over the marker behind the last scan: restarts, tables, applications'
   * data and comments.
   */
  private static boolean isHarmless(int marker) {
    return (isAlone(marker) && marker != SOI)
        || marker == DHT
        || marker == DAC
        || (marker >= DQT && marker <= DRI)
        || (marker >= APP0 && marker <= APP15)
        || marker == COM;
  }

  private static boolean isAlone(int marker) {
    return marker == TEM || (marker >= RST0 && marker <= SOI);
  }

  private static ImageException unsupported(String what, int value) {
    return new ImageException(
        Kind.UNSUPPORTED_FORMAT,
        "the file is a JPEG " + what.formatted(value) + ", which is not read");
  }
}
