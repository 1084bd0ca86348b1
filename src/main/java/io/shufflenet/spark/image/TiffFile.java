package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import io.shufflenet.spark.image.ImageHeader.Format;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;

/** The first page of a TIFF or BigTIFF file: what kind of pixels it has, and who decodes them. */
final class TiffFile {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int MODEL = 262;
  private static final int FILL_ORDER = 266;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES = 277;
  private static final int PLANES = 284;
  private static final int PREDICTOR = 317;
  private static final int COLOUR_MAP = 320;
  private static final int EXTRA_SAMPLES = 338;
  private static final int SAMPLE_FORMAT = 339;

  private static final int UNSIGNED = 1;
  private static final int PREMULTIPLIED = 1;
  private static final int SEPARATE = 2;
  private static final int DIFFERENCES = 2;
  private static final int LOWEST_BIT_FIRST = 2;
  private static final int MOST_SAMPLES = 6;

  /** Fax compressions and JPEG. */
  private static final Set<Integer> LEFT_TO_OPENCV = Set.of(2, 3, 4, 7);

  private static final Set<Integer> PACKED_BITS = Set.of(1, 2, 4);

  private final Bytes bytes;
  private final TiffDirectory tags;
  private final int compression;
  private final int model;
  private final int bits;
  private final int samples;

  TiffFile(Bytes bytes) throws ImageException {
    this.bytes = bytes;
    tags = new TiffDirectory(bytes);
    compression = (int) tags.value(COMPRESSION, TiffRows.PLAIN);
    model = (int) tags.value(MODEL, TiffColours.WHITE_IS_ZERO);
    bits = (int) tags.value(BITS, 1);
    samples = (int) tags.value(SAMPLES, 1);
  }

  ImageHeader header() throws ImageException {
    long orientation = tags.value(ORIENTATION, ImageHeader.UPRIGHT);
    boolean known = orientation >= 1 && orientation <= 8;
    return ImageHeader.of(
        Format.TIFF,
        tags.value(WIDTH, 0),
        tags.value(HEIGHT, 0),
        known ? (int) orientation : ImageHeader.UPRIGHT);
  }

  /**
   * Refuses pixels that are not read, or not all there.
   *
   * @param maxPixels most pixels of a tile
   * @return whether they are left to OpenCV, which turns them upright, and not to {@link #decode}
   */
  boolean check(long maxPixels) throws ImageException {
    boolean left = LEFT_TO_OPENCV.contains(compression);
    if (!left && !TiffRows.COMPRESSIONS.contains(compression)) {
      throw unsupported("in compression " + compression);
    }
    if (!isUnsigned() || !isColourRead(left)) {
      throw unsupported(
          "of colour model %d with %d samples of %d bits".formatted(model, samples, bits));
    }
    if (compression != TiffRows.PLAIN && layout(maxPixels).isTruncated(bytes)) {
      throw new ImageException(Kind.TRUNCATED, "the TIFF ends before its last strip or tile does");
    }
    return left;
  }

  private boolean isUnsigned() throws ImageException {
    return Arrays.stream(tags.values(SAMPLE_FORMAT)).allMatch(format -> format == UNSIGNED)
        && Arrays.stream(tags.values(BITS)).allMatch(other -> other == bits);
  }

  private boolean isColourRead(boolean leftToOpenCv) throws ImageException {
    if (samples > MOST_SAMPLES || (bits < 8 && samples > 1) || !areSamplesKnown()) {
      return false;
    }
    if ((isSeparate() && model != TiffColours.RGB) || predictor() > DIFFERENCES) {
      return false;
    }
    boolean wholeBytes = bits == 8 || bits == 16;
    return switch (model) {
      case TiffColours.WHITE_IS_ZERO, TiffColours.BLACK_IS_ZERO ->
          PACKED_BITS.contains(bits) || wholeBytes;
      case TiffColours.PALETTE ->
          (PACKED_BITS.contains(bits) || bits == 8) && tags.values(COLOUR_MAP).length >= 3 << bits;
      case TiffColours.RGB -> wholeBytes && !(leftToOpenCv && samples > 3);
      case TiffColours.CMYK -> wholeBytes;
      case TiffColours.YCBCR -> leftToOpenCv && bits == 8;
      default -> false;
    };
  }

  /** Many files with alpha do not say that they have it. */
  private boolean areSamplesKnown() throws ImageException {
    int colours =
        switch (model) {
          case TiffColours.RGB, TiffColours.YCBCR -> 3;
          case TiffColours.CMYK -> 4;
          default -> 1;
        };
    int extra = tags.values(EXTRA_SAMPLES).length;
    return samples == colours + extra || (model == TiffColours.RGB && samples == 4 && extra == 0);
  }

  /**
   * @param bgr room for all pixels as they are stored, rows of blue, green, red
   */
  void decode(long maxPixels, ByteBuffer bgr) throws ImageException {
    TiffPixels pixels =
        new TiffPixels(
            bytes,
            header(),
            layout(maxPixels),
            colours(),
            compression,
            predictor() == DIFFERENCES,
            tags.value(FILL_ORDER, 1) == LOWEST_BIT_FIRST);
    if (isSeparate()) {
      pixels.decodePlanes(bgr);
    } else {
      pixels.decode(bgr);
    }
  }

  private TiffLayout layout(long maxPixels) throws ImageException {
    return new TiffLayout(tags, header(), isSeparate() ? samples : 1, maxPixels);
  }

  private TiffColours colours() throws ImageException {
    long[] extra = tags.values(EXTRA_SAMPLES);
    boolean premultiplied = samples > 3 && extra.length > 0 && extra[0] == PREMULTIPLIED;
    int sideBySide = isSeparate() ? 1 : samples;
    int firstByte = bits == 16 && tags.isLittleEndian() ? 1 : 0;
    return new TiffColours(model, bits, sideBySide, firstByte, premultiplied, palette());
  }

  private Palette palette() throws ImageException {
    Palette levels = Palette.ofGrey((1 << Math.min(bits, 8)) - 1);
    return switch (model) {
      case TiffColours.PALETTE -> Palette.ofPlanes(tags.values(COLOUR_MAP));
      case TiffColours.WHITE_IS_ZERO -> levels.negative();
      default -> levels;
    };
  }

  private boolean isSeparate() throws ImageException {
    return samples > 1 && tags.value(PLANES, 1) == SEPARATE;
  }

  /** Only LZW and deflate have one. */
  private long predictor() throws ImageException {
    boolean possible =
        TiffRows.COMPRESSIONS.contains(compression)
            && compression != TiffRows.PLAIN
            && compression != TiffRows.PACK_BITS;
    return possible ? tags.value(PREDICTOR, 1) : 1;
  }

  private static ImageException unsupported(String what) {
    return new ImageException(
        Kind.UNSUPPORTED_FORMAT, "the file is a TIFF " + what + ", which is not read");
  }
}
