package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import java.util.Set;

/**
 * A chunk of a WebP file (RFC 9649, section 2.3).
 *
 * @param type four characters
 * @param data where its data begin
 * @param length of its data, in bytes
 */
record WebpChunk(String type, long data, long length) {
  static final int HEADER = 8;
  static final String LOSSY = "VP8 ";
  static final String LOSSLESS = "VP8L";

  private static final String NO_TYPE = "\0\0\0\0";

  /**
   * @param bytes in little-endian order
   * @throws ImageException if there is no chunk's header
   */
  static WebpChunk at(Bytes bytes, long at) throws ImageException {
    String type = bytes.text(at, 4);
    if (type.equals(NO_TYPE)) {
      throw new ImageException(Kind.CORRUPT, "the WebP file has a chunk without a type");
    }
    return new WebpChunk(type, at + HEADER, bytes.u32(at + 4));
  }

  /**
   * The first chunk of one of the types; null where there is none.
   *
   * @throws ImageException if a chunk before it reaches further than {@code end}
   */
  static WebpChunk first(Bytes bytes, long from, long end, Set<String> types)
      throws ImageException {
    long at = from;
    while (at + HEADER <= end) {
      WebpChunk chunk = at(bytes, at);
      if (chunk.data + chunk.length > end) {
        throw new ImageException(
            Kind.CORRUPT, "the WebP file's chunk %s is too long".formatted(chunk.type));
      }
      if (types.contains(chunk.type)) {
        return chunk;
      }
      at = chunk.end();
    }
    return null;
  }

  /** Where the next chunk begins. */
  long end() {
    return data + length + length % 2;
  }

  boolean isImage() {
    return type.equals(LOSSY) || type.equals(LOSSLESS);
  }
}
