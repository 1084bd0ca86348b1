package io.shufflenet.spark.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Tells PyTorch's two formats by their first bytes, and other files that people take for
 * checkpoints.
 */
enum FileKind {
  ZIP,
  LEGACY;

  private static final int HEAD = 512;
  private static final int TAR_SIGNATURE = 257;
  private static final String PICKLE = "\u0080";
  private static final int PICKLE_HEADER = 32;

  /** The pickled number that every file of the old format begins with. */
  private static final String LEGACY_MAGIC =
      new String(HexFormat.of().parseHex("8a0a6cfc9c46f9206aa85019"), StandardCharsets.ISO_8859_1);

  private record Signature(String start, String description) {}

  private static final List<Signature> OTHERS =
      List.of(
          new Signature("\u001f\u008b", "it is a gzip archive; unpack it first"),
          new Signature("BZh", "it is a bzip2 archive; unpack it first"),
          new Signature("\u00fd7zXZ", "it is an xz archive; unpack it first"),
          new Signature("(\u00b5/\u00fd", "it is a Zstandard archive; unpack it first"),
          new Signature("7z\u00bc\u00af", "it is a 7z archive; unpack it first"),
          new Signature("Rar!", "it is a RAR archive; unpack it first"),
          new Signature("\u0089HDF", "it is an HDF5 file, such as Keras writes"),
          new Signature("\u0093NUMPY", "it is a NumPy array"),
          new Signature(
              "version https://git-lfs",
              "it is a Git LFS pointer and not the file itself; fetch it with git lfs pull"));

  /**
   * Which of PyTorch's formats the file is in.
   *
   * @throws FormatException saying what the file is instead
   */
  static FileKind of(byte[] file) throws FormatException {
    String head = new String(file, 0, Math.min(HEAD, file.length), StandardCharsets.ISO_8859_1);
    if (head.startsWith("PK\u0003\u0004")) {
      return ZIP;
    }
    if (head.startsWith(PICKLE)) {
      requireMagic(head);
      return LEGACY;
    }
    throw new FormatException(file.length == 0 ? "the file is empty" : other(file, head));
  }

  private static void requireMagic(String head) throws FormatException {
    if (!head.substring(0, Math.min(PICKLE_HEADER, head.length())).contains(LEGACY_MAGIC)) {
      throw new FormatException(
          "it is a Python pickle, but torch.save did not write it; save it with torch.save");
    }
  }

  private static String other(byte[] file, String head) {
    for (Signature signature : OTHERS) {
      if (head.startsWith(signature.start())) {
        return signature.description();
      }
    }
    if (head.startsWith("ustar", TAR_SIGNATURE)) {
      return "it is a tar archive (checkpoints named .pth.tar are none); unpack it first";
    }
    if (isSafetensors(file)) {
      return "it is a safetensors file; load it in Python and save it with torch.save";
    }
    return textOrUnknown(head);
  }

  /** A safetensors file begins with the length of its JSON header. */
  private static boolean isSafetensors(byte[] file) {
    if (file.length <= Long.BYTES || file[Long.BYTES] != '{') {
      return false;
    }
    long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return header > 0 && header <= file.length - Long.BYTES;
  }

  private static String textOrUnknown(String head) {
    String text = head.strip().toLowerCase(Locale.ROOT);
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return "it is a web page (HTML), perhaps an error or login page that was downloaded instead";
    }
    if (head.chars().allMatch(FileKind::isText)) {
      return "it is a text file that begins with: " + Description.text(head.strip());
    }
    return "it is neither a zip archive nor a pickle, which are what torch.save writes";
  }

  /** Of UTF-8 and Latin-1 alike, byte by byte. */
  private static boolean isText(int character) {
    return (character >= ' ' && character != 0x7F) || Character.isWhitespace(character);
  }
}
