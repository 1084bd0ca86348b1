package io.shufflenet.spark.training;

import io.shufflenet.spark.training.SpoolStatistics.Failures;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * All that a spool knows of its data file. The file of an index is a magic number, the fields in
 * their order, and a CRC-32C over all before it.
 *
 * @param identity what was spooled
 * @param dataLength bytes of the data file
 */
record SpoolIndex(
    String identity, long dataLength, SpoolImages images, SpoolStatistics statistics) {
  /** {@code SNSPOOL} and the number of this format. */
  private static final long MAGIC = 0x534E53504F4F4C01L;

  void write(OutputStream out) throws IOException {
    CheckedOutputStream summed = new CheckedOutputStream(out, new CRC32C());
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(summed, 1 << 16));
    data.writeLong(MAGIC);
    writeText(identity, data);
    data.writeLong(dataLength);
    writeImages(data);
    writeStatistics(data);
    data.flush();
    data.writeLong(summed.getChecksum().getValue());
    data.flush();
  }

  private void writeImages(DataOutputStream data) throws IOException {
    writeText(images.fingerprint(), data);
    data.writeInt(images.size());
    for (int image = 0; image < images.size(); image++) {
      data.writeLong(images.offsets()[image]);
      data.writeInt(images.lengths()[image]);
      data.writeInt(images.labels()[image]);
    }
  }

  private void writeStatistics(DataOutputStream data) throws IOException {
    data.writeLong(statistics.unlabelled());
    data.writeInt(statistics.failures().size());
    for (Failures failures : statistics.failures()) {
      writeText(failures.kind(), data);
      data.writeLong(failures.images());
      data.writeInt(failures.examples().size());
      for (String example : failures.examples()) {
        writeText(example, data);
      }
    }
  }

  private static void writeText(String text, DataOutputStream data) throws IOException {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    data.writeInt(encoded.length);
    data.write(encoded);
  }

  /** The index in this file, or nothing where there is none or it is not whole. */
  static Optional<SpoolIndex> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(file);
    if (!isWhole(bytes)) {
      return Optional.empty();
    }
    DataInputStream data =
        new DataInputStream(new ByteArrayInputStream(bytes, Long.BYTES, bytes.length));
    String identity = readText(data);
    long dataLength = data.readLong();
    SpoolImages images = readImages(data);
    return Optional.of(
        new SpoolIndex(identity, dataLength, images, readStatistics(images.size(), data)));
  }

  private static boolean isWhole(byte[] bytes) {
    int summed = bytes.length - Long.BYTES;
    if (summed < Long.BYTES) {
      return false;
    }
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, summed);
    ByteBuffer numbers = ByteBuffer.wrap(bytes);
    return numbers.getLong(0) == MAGIC && numbers.getLong(summed) == sum.getValue();
  }

  private static SpoolImages readImages(DataInputStream data) throws IOException {
    String fingerprint = readText(data);
    int size = data.readInt();
    SpoolImages images = new SpoolImages(new long[size], new int[size], new int[size], fingerprint);
    for (int image = 0; image < size; image++) {
      images.offsets()[image] = data.readLong();
      images.lengths()[image] = data.readInt();
      images.labels()[image] = data.readInt();
    }
    return images;
  }

  private static SpoolStatistics readStatistics(int spooled, DataInputStream data)
      throws IOException {
    long unlabelled = data.readLong();
    int kinds = data.readInt();
    List<Failures> failures = new ArrayList<>();
    for (int i = 0; i < kinds; i++) {
      failures.add(new Failures(readText(data), data.readLong(), readTexts(data)));
    }
    return new SpoolStatistics(spooled, unlabelled, failures);
  }

  private static List<String> readTexts(DataInputStream data) throws IOException {
    int size = data.readInt();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      texts.add(readText(data));
    }
    return texts;
  }

  private static String readText(DataInputStream data) throws IOException {
    return new String(data.readNBytes(data.readInt()), StandardCharsets.UTF_8);
  }
}
