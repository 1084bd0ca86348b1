package io.shufflenet.spark.image;

import io.shufflenet.spark.image.ImageException.Kind;
import io.shufflenet.spark.image.ImageHeader.Format;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.zip.CRC32;

/** PNG's chunks (W3C PNG specification, third edition, clause 5). */
final class PngFile {
  private static final int SIGNATURE = 8;

  /** Length, type and CRC, around a chunk's data. */
  private static final int FRAME = 12;

  private static final String PIXELS = "IDAT";
  private static final Set<String> ESSENTIAL = Set.of("IHDR", "PLTE", PIXELS, "IEND");

  private PngFile() {}

  private record Chunk(int at, int length, String type) {
    int data() {
      return at + 8;
    }

    int end() {
      return at + FRAME + length;
    }

    boolean isCritical() {
      return Character.isUpperCase(type.charAt(0));
    }
  }

  static ImageHeader header(Bytes bytes) throws ImageException {
    if (!chunk(bytes, SIGNATURE).type.equals("IHDR")) {
      throw new ImageException(Kind.CORRUPT, "the PNG does not begin with its header");
    }
    int data = SIGNATURE + 8;
    return ImageHeader.of(Format.PNG, bytes.u32(data), bytes.u32(data + 4), orientation(bytes));
  }

  private static int orientation(Bytes bytes) {
    try {
      int at = SIGNATURE;
      while (true) {
        Chunk chunk = chunk(bytes, at);
        if (chunk.type.equals("eXIf")) {
          return Exif.orientation(bytes.part(chunk.data(), chunk.length));
        }
        at = chunk.end();
      }
    } catch (ImageException e) {
      return ImageHeader.UPRIGHT;
    }
  }

  /**
   * The same PNG with nothing but what its first image's pixels need, after a check that all chunks
   * are whole. Colour profiles, texts and animations change no pixel that is asked for; left in,
   * they could inflate without bounds.
   */
  static byte[] essence(byte[] encoded) throws ImageException {
    Bytes bytes = Bytes.of(encoded, ByteOrder.BIG_ENDIAN);
    PngText text = new PngText();
    ByteArrayOutputStream essence = new ByteArrayOutputStream(encoded.length);
    essence.write(encoded, 0, SIGNATURE);
    String previous = "";
    boolean pixels = false;
    Chunk chunk = chunk(bytes, SIGNATURE);
    while (true) {
      if (chunk.isCritical() || !pixels) {
        checkSum(encoded, bytes, chunk);
      }
      if (chunk.type.equals(PIXELS) && pixels && !previous.equals(PIXELS)) {
        throw new ImageException(Kind.CORRUPT, "the PNG's pixels are interrupted by " + previous);
      }
      if (ESSENTIAL.contains(chunk.type)) {
        essence.write(encoded, chunk.at, FRAME + chunk.length);
      } else {
        text.check(bytes.part(chunk.data(), chunk.length), chunk.type);
      }
      if (chunk.type.equals("IEND")) {
        return essence.toByteArray();
      }
      pixels |= chunk.type.equals(PIXELS);
      previous = chunk.type;
      chunk = chunk(bytes, chunk.end());
    }
  }

  private static Chunk chunk(Bytes bytes, int at) throws ImageException {
    if (at > bytes.length() - FRAME) {
      throw truncated();
    }
    long length = bytes.u32(at);
    if (length > bytes.length() - FRAME - at) {
      throw truncated();
    }
    return new Chunk(at, (int) length, bytes.text(at + 4, 4));
  }

  private static ImageException truncated() {
    return new ImageException(Kind.TRUNCATED, "the PNG ends before its end chunk");
  }

  private static void checkSum(byte[] encoded, Bytes bytes, Chunk chunk) throws ImageException {
    CRC32 sum = new CRC32();
    sum.update(encoded, chunk.at + 4, chunk.length + 4);
    if (sum.getValue() != bytes.u32(chunk.end() - 4)) {
      throw new ImageException(
          Kind.CORRUPT, "the PNG's chunk %s has a wrong checksum".formatted(chunk.type));
    }
  }
}
