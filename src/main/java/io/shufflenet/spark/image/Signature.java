package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import io.shufflenet.spark.image.ImageHeader.Format;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Tells formats by a file's first bytes. */
final class Signature {
  private static final String NUL = "\0";

  private record Supported(String prefix, Format format) {}

  private record Foreign(int at, String characters, String name) {}

  private static final List<Supported> SUPPORTED =
      List.of(
          new Supported("\u00ff\u00d8\u00ff", Format.JPEG),
          new Supported("\u0089PNG\r\n\u001a\n", Format.PNG),
          new Supported("GIF87a", Format.GIF),
          new Supported("GIF89a", Format.GIF),
          new Supported("BM", Format.BMP),
          new Supported("II*" + NUL, Format.TIFF),
          new Supported("MM" + NUL + "*", Format.TIFF),
          new Supported("II+" + NUL, Format.TIFF),
          new Supported("MM" + NUL + "+", Format.TIFF));

  /** Image formats that are known and not read; the first match counts. */
  private static final List<Foreign> UNSUPPORTED =
      List.of(
          new Foreign(8, "CR\u0002" + NUL, "Canon raw (CR2)"),
          new Foreign(4, "ftypavif", "AVIF"),
          new Foreign(4, "ftypavis", "AVIF"),
          new Foreign(4, "ftypheic", "HEIC"),
          new Foreign(4, "ftypheix", "HEIC"),
          new Foreign(4, "ftyphevc", "HEIC"),
          new Foreign(4, "ftyphevx", "HEIC"),
          new Foreign(4, "ftypheim", "HEIC"),
          new Foreign(4, "ftypheis", "HEIC"),
          new Foreign(4, "ftypmif1", "HEIF"),
          new Foreign(4, "ftypmsf1", "HEIF"),
          new Foreign(4, "ftypcrx ", "Canon raw (CR3)"),
          new Foreign(4, "ftyp", "a video or another ISO media file"),
          new Foreign(4, "jP  \r\n\u0087\n", "JPEG 2000"),
          new Foreign(0, "\u00ffO\u00ffQ", "JPEG 2000"),
          new Foreign(4, "JXL \r\n\u0087\n", "JPEG XL"),
          new Foreign(0, "\u00ff\n", "JPEG XL"),
          new Foreign(0, "II\u00bc", "JPEG XR"),
          new Foreign(0, "FUJIFILMCCD-RAW", "Fujifilm raw"),
          new Foreign(0, "IIRO", "Olympus raw"),
          new Foreign(0, "IIRS", "Olympus raw"),
          new Foreign(0, "IIU" + NUL, "Panasonic raw"),
          new Foreign(0, "FOVb", "Sigma raw"),
          new Foreign(0, "8BPS", "Photoshop (PSD)"),
          new Foreign(0, "gimp xcf", "GIMP (XCF)"),
          new Foreign(0, "%PDF-", "PDF"),
          new Foreign(0, "%!PS", "PostScript"),
          new Foreign(0, NUL + NUL + "\u0001" + NUL, "Windows icon (ICO)"),
          new Foreign(0, NUL + NUL + "\u0002" + NUL, "Windows cursor (CUR) or Truevision (TGA)"),
          new Foreign(0, "icns", "Apple icon (ICNS)"),
          new Foreign(0, "DDS ", "DirectDraw surface (DDS)"),
          new Foreign(0, "v/1\u0001", "OpenEXR"),
          new Foreign(0, "#?RADIANCE", "Radiance HDR"),
          new Foreign(0, "#?RGBE", "Radiance HDR"),
          new Foreign(0, "qoif", "QOI"),
          new Foreign(0, "FLIF", "FLIF"),
          new Foreign(0, "BPG\u00fb", "BPG"),
          new Foreign(0, "\u008aMNG\r\n", "MNG"),
          new Foreign(0, "\u008bJNG\r\n", "JNG"),
          new Foreign(0, "\u0001\u00da", "Silicon Graphics (SGI)"),
          new Foreign(0, "\n\u0005\u0001", "PCX"),
          new Foreign(0, "P7\n", "PAM"),
          new Foreign(0, "PF\n", "PFM"),
          new Foreign(0, "Pf\n", "PFM"),
          new Foreign(0, "SIMPLE  =", "FITS"));

  /** What is often found under an image's name. */
  private static final List<Foreign> OTHER =
      List.of(
          new Foreign(
              0, "version https://git-lfs", "a Git LFS pointer and not the file it stands for"),
          new Foreign(0, "<!doctype html", "an HTML page"),
          new Foreign(0, "<html", "an HTML page"),
          new Foreign(0, "<?xml", "an XML document"),
          new Foreign(0, "{", "a JSON document"),
          new Foreign(0, "PK\u0003\u0004", "a zip archive"),
          new Foreign(0, "\u001f\u008b", "a gzip archive"));

  private static final int SHOWN = 8;
  private static final int LOOKED_AT = 1024;

  private Signature() {}

  /**
   * @throws ImageException if it is none of the formats that are read
   */
  static Format format(byte[] encoded) throws ImageException {
    if (encoded.length == 0) {
      throw new ImageException(Kind.EMPTY, "the file has no bytes");
    }
    Bytes bytes = Bytes.of(encoded, ByteOrder.BIG_ENDIAN);
    for (Foreign foreign : UNSUPPORTED) {
      if (bytes.has(foreign.at, foreign.characters)) {
        throw unsupported(foreign.name);
      }
    }
    for (Supported supported : SUPPORTED) {
      if (bytes.has(0, supported.prefix)) {
        return supported.format;
      }
    }
    if (bytes.has(0, "RIFF") && bytes.has(8, "WEBP")) {
      return Format.WEBP;
    }
    if (isPnm(bytes)) {
      return Format.PNM;
    }
    throw notAnImage(encoded);
  }

  private static boolean isPnm(Bytes bytes) throws ImageException {
    return bytes.length() > 2
        && bytes.u8(0) == 'P'
        && bytes.u8(1) >= '1'
        && bytes.u8(1) <= '6'
        && PnmFile.isBlank(bytes.u8(2));
  }

  private static ImageException notAnImage(byte[] encoded) {
    int length = Math.min(encoded.length, LOOKED_AT);
    String start = new String(encoded, 0, length, StandardCharsets.ISO_8859_1);
    for (Supported supported : SUPPORTED) {
      if (supported.prefix.startsWith(start)) {
        return new ImageException(Kind.TRUNCATED, "the file ends after %d bytes".formatted(length));
      }
    }
    String text = start.stripLeading().toLowerCase(Locale.ROOT);
    if (text.startsWith("<svg") || (text.startsWith("<?xml") && text.contains("<svg"))) {
      return unsupported("SVG");
    }
    for (Foreign foreign : OTHER) {
      if (text.startsWith(foreign.characters)) {
        return new ImageException(Kind.NOT_AN_IMAGE, "the file looks like " + foreign.name);
      }
    }
    String bytes = HexFormat.ofDelimiter(" ").formatHex(encoded, 0, Math.min(SHOWN, length));
    return new ImageException(Kind.NOT_AN_IMAGE, "no image format begins with the bytes " + bytes);
  }

  private static ImageException unsupported(String name) {
    return new ImageException(
        Kind.UNSUPPORTED_FORMAT, "the format is " + name + ", which is not read");
  }
}
