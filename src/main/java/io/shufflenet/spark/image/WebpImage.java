package io.shufflenet.spark.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One image of a WebP file in a file of its own: no animation, and nothing that could be read in
 * its place.
 */
final class WebpImage {
  private static final int RIFF_HEADER = 12;
  private static final int EXTENDED_LENGTH = 10;
  private static final int HAS_ALPHA = 0x10;

  private final byte[] encoded;
  private final ImageHeader size;
  private final int left;
  private final int top;

  /**
   * @param alpha the chunk that belongs to a lossy image; null where there is none
   * @param left columns of the canvas before it
   * @param top rows of the canvas above it
   */
  WebpImage(Bytes bytes, WebpChunk image, WebpChunk alpha, ImageHeader size, int left, int top)
      throws ImageException {
    this.size = size;
    this.left = left;
    this.top = top;
    int extended = alpha == null ? 0 : WebpChunk.HEADER + EXTENDED_LENGTH + length(alpha);
    ByteBuffer file =
        ByteBuffer.allocate(RIFF_HEADER + extended + length(image)).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(file.capacity() - WebpChunk.HEADER).put(ascii("WEBP"));
    if (alpha != null) {
      file.put(ascii("VP8X")).putInt(EXTENDED_LENGTH).putInt(HAS_ALPHA);
      put24(file, size.width() - 1);
      put24(file, size.height() - 1);
      put(file, bytes, alpha);
    }
    put(file, bytes, image);
    encoded = file.array();
  }

  byte[] encoded() {
    return encoded;
  }

  ImageHeader size() {
    return size;
  }

  int left() {
    return left;
  }

  int top() {
    return top;
  }

  private static int length(WebpChunk chunk) {
    return (int) (WebpChunk.HEADER + chunk.length() + chunk.length() % 2);
  }

  private static void put(ByteBuffer file, Bytes bytes, WebpChunk chunk) throws ImageException {
    int end = file.position() + length(chunk);
    file.put(ascii(chunk.type())).putInt((int) chunk.length());
    file.put(bytes.part(chunk.data(), chunk.length()).copy(0));
    file.position(end);
  }

  private static void put24(ByteBuffer file, int value) {
    file.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
