package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Finds a PNG's compressed texts and colour profile that inflate without measure, at Pillow's
 * limits.
 */
final class PngText {
  private static final int MOST_IN_A_CHUNK = 1 << 20;
  private static final int MOST_IN_A_FILE = 1 << 26;

  private int inflated;

  void check(Bytes data, String type) throws ImageException {
    int compressed =
        switch (type) {
          case "zTXt", "iCCP" -> data.indexOf(0, 0) + 2;
          case "iTXt" -> internationalText(data);
          default -> data.length();
        };
    if (compressed >= data.length()) {
      return;
    }
    int length = inflatedLength(data.copy(compressed));
    inflated += length;
    if (length > MOST_IN_A_CHUNK || inflated > MOST_IN_A_FILE) {
      throw new ImageException(
          Kind.TOO_LARGE,
          "the PNG's chunk %s inflates to more than %d bytes"
              .formatted(type, length > MOST_IN_A_CHUNK ? MOST_IN_A_CHUNK : MOST_IN_A_FILE));
    }
  }

  /**
   * Where the compressed text of an iTXt chunk begins: behind keyword, two bytes, language and
   * translated keyword.
   */
  private static int internationalText(Bytes data) throws ImageException {
    int flag = data.indexOf(0, 0) + 1;
    if (flag >= data.length() || data.u8(flag) != 1) {
      return data.length();
    }
    int language = data.indexOf(0, flag + 2);
    return data.indexOf(0, language + 1) + 1;
  }

  /**
   * The inflated length, or some number above the limit; what cannot be inflated counts as far as
   * it could be.
   */
  private static int inflatedLength(byte[] compressed) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed);
      byte[] scratch = new byte[8192];
      int total = 0;
      while (total <= MOST_IN_A_CHUNK) {
        int count = inflater.inflate(scratch);
        if (count == 0) {
          return total;
        }
        total += count;
      }
      return total;
    } catch (DataFormatException e) {
      return 0;
    } finally {
      inflater.end();
    }
  }
}
