package io.shufflenet.spark.dataset;

import java.io.Serializable;
import java.util.List;

/**
 * What is taken of a tar file. Not a record, which Kryo cannot read back where it is Spark's
 * serializer.
 */
final class ShardSelection implements Serializable {
  private static final long serialVersionUID = 1;

  /** Also of formats that cannot be decoded: such an image is a row with an error, not missing. */
  private static final List<String> USUAL_ENDINGS =
      List.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "webp", "bmp", "dib", "gif", "tif", "tiff", "ppm",
          "pgm", "pbm", "pnm", "heic", "heif", "avif", "jp2", "j2k", "jxl");

  private final List<String> endings;
  private final int maxBytes;
  private final Content content;

  /** What a row holds of an image. */
  enum Content {
    /** Its name, length and label. */
    NONE,
    /** Its bytes too. */
    BYTES
  }

  /**
   * @param endings of what is an image, in lower case without a dot; empty: the usual ones
   * @param maxBytes longest image whose bytes are read; of so many bytes are those, at most, that
   *     wait for their label
   */
  ShardSelection(List<String> endings, int maxBytes, Content content) {
    this.endings = endings.isEmpty() ? USUAL_ENDINGS : List.copyOf(endings);
    this.maxBytes = maxBytes;
    this.content = content;
  }

  List<String> endings() {
    return endings;
  }

  int maxBytes() {
    return maxBytes;
  }

  boolean takes(MemberName name) {
    return FileNames.hasEnding("." + name.extension(), endings);
  }

  boolean reads(long length) {
    return content == Content.BYTES && length <= maxBytes;
  }
}
