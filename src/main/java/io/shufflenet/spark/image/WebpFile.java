package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import io.shufflenet.spark.image.ImageHeader.Format;
import java.util.Set;

/** WebP's container (RFC 9649), and the first image in it. */
final class WebpFile {
  private static final int RIFF_HEADER = 12;
  private static final int DATA = RIFF_HEADER + WebpChunk.HEADER;
  private static final int FRAME_HEADER = 16;
  private static final int LOSSLESS_SIGNATURE = 0x2F;
  private static final int SIZE_BITS = 0x3FFF;

  private static final String EXTENDED = "VP8X";
  private static final String FRAME = "ANMF";
  private static final String ALPHA = "ALPH";
  private static final Set<String> IMAGES = Set.of(WebpChunk.LOSSY, WebpChunk.LOSSLESS);
  private static final String EXIF = "EXIF";
  private static final String EXIF_PREFIX = "Exif\0\0";

  private final Bytes bytes;

  /**
   * @param bytes in little-endian order
   */
  WebpFile(Bytes bytes) {
    this.bytes = bytes;
  }

  ImageHeader header() throws ImageException {
    WebpChunk first = WebpChunk.at(bytes, RIFF_HEADER);
    if (first.isImage()) {
      return size(first);
    }
    if (!first.type().equals(EXTENDED)) {
      throw corrupt("it does not begin with an image");
    }
    int width = bytes.u24(DATA + 4) + 1;
    int height = bytes.u24(DATA + 7) + 1;
    return ImageHeader.of(Format.WEBP, width, height, orientation());
  }

  private ImageHeader size(WebpChunk chunk) throws ImageException {
    long data = chunk.data();
    if (chunk.type().equals(WebpChunk.LOSSLESS)) {
      long sizes = bytes.u32(data + 1);
      if (bytes.u8(data) != LOSSLESS_SIGNATURE) {
        throw corrupt("its image has no signature");
      }
      return ImageHeader.of(
          Format.WEBP,
          (sizes & SIZE_BITS) + 1,
          ((sizes >> 14) & SIZE_BITS) + 1,
          ImageHeader.UPRIGHT);
    }
    int width = bytes.u16(data + 6) & SIZE_BITS;
    int height = bytes.u16(data + 8) & SIZE_BITS;
    if (!bytes.has((int) data + 3, "\u009d\u0001*")) {
      throw corrupt("its image has no start code");
    }
    return ImageHeader.of(Format.WEBP, width, height, ImageHeader.UPRIGHT);
  }

  private int orientation() {
    try {
      WebpChunk chunk = WebpChunk.at(bytes, RIFF_HEADER);
      while (!chunk.type().equals(EXIF)) {
        chunk = WebpChunk.at(bytes, chunk.end());
      }
      Bytes exif = bytes.part(chunk.data(), chunk.length());
      boolean prefixed = exif.has(0, EXIF_PREFIX);
      return Exif.orientation(exif.part(prefixed ? EXIF_PREFIX.length() : 0, exif.length()));
    } catch (ImageException e) {
      return ImageHeader.UPRIGHT;
    }
  }

  /** The first image; all chunks are looked at, and must be whole. */
  WebpImage firstImage() throws ImageException {
    long end = bytes.u32(4) + WebpChunk.HEADER;
    if (end > bytes.length()) {
      throw new ImageException(
          Kind.TRUNCATED, "the WebP file has %d bytes of %d".formatted(bytes.length(), end));
    }
    WebpChunk.first(bytes, RIFF_HEADER, end, Set.of());
    WebpChunk frame = WebpChunk.first(bytes, RIFF_HEADER, end, Set.of(FRAME));
    WebpImage image = frame == null ? image(RIFF_HEADER, end, 0, 0) : image(frame);
    ImageHeader canvas = header();
    int right = canvas.width() - image.left() - image.size().width();
    int bottom = canvas.height() - image.top() - image.size().height();
    if (right < 0 || bottom < 0 || (frame == null && right + bottom > 0)) {
      throw corrupt("its first image is not as large as its canvas");
    }
    return image;
  }

  private WebpImage image(WebpChunk frame) throws ImageException {
    int left = bytes.u24(frame.data()) * 2;
    int top = bytes.u24(frame.data() + 3) * 2;
    return image(frame.data() + FRAME_HEADER, frame.data() + frame.length(), left, top);
  }

  private WebpImage image(long from, long end, int left, int top) throws ImageException {
    WebpChunk image = WebpChunk.first(bytes, from, end, IMAGES);
    if (image == null) {
      throw corrupt("it has no image");
    }
    long start = image.data() - WebpChunk.HEADER;
    WebpChunk alpha = WebpChunk.first(bytes, from, start, Set.of(ALPHA));
    return new WebpImage(bytes, image, alpha, size(image), left, top);
  }

  private static ImageException corrupt(String reason) {
    return new ImageException(Kind.CORRUPT, "the WebP file makes no sense: " + reason);
  }
}
