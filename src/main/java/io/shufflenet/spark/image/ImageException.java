package io.shufflenet.spark.image;

import java.util.Locale;

/** An image that gives no pixels, however often one tries. Its message is for a person. */
public final class ImageException extends Exception {
  private final Kind kind;

  ImageException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Why there are no pixels. */
  public enum Kind {
    /** No bytes at all. */
    EMPTY,
    /** Bytes of something else. */
    NOT_AN_IMAGE,
    /** An image in a format, or a variant of one, that is not read. */
    UNSUPPORTED_FORMAT,
    /** The beginning of an image. */
    TRUNCATED,
    /** An image whose data contradict themselves. */
    CORRUPT,
    /** More pixels than allowed, before or after resizing. */
    TOO_LARGE;

    /** As in {@code not-an-image}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
