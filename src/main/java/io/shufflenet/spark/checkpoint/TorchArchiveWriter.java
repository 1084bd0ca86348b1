package io.shufflenet.spark.checkpoint;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the zip archives that PyTorch reads: entries stored without compression in one folder,
 * their contents aligned as PyTorch aligns them, so that a reader can map them. The same entries
 * give the same bytes. Closing it ends the archive and leaves the stream below open.
 */
final class TorchArchiveWriter implements AutoCloseable {
  private static final int ALIGNMENT = 64;
  private static final int HEADER_LENGTH = 30;
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 12, 0);

  /** The extra field that PyTorch pads with; its length follows. */
  private static final short PADDING = 0x4246;

  private static final int EXTRA_HEADER = 4;

  private final ZipOutputStream zip;
  private final String folder;
  private long written;

  /** All entries will be in {@code folder}; PyTorch's own name for it is {@code archive}. */
  TorchArchiveWriter(OutputStream out, String folder) {
    this.zip = new ZipOutputStream(new Unclosed(out));
    this.folder = folder;
  }

  void entry(String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(folder + "/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTimeLocal(NO_TIME);
    long start = written + HEADER_LENGTH + entry.getName().getBytes(StandardCharsets.UTF_8).length;
    byte[] padding = padding(start);
    entry.setExtra(padding);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
    written = start + padding.length + content.length;
  }

  void entry(String name, String content) throws IOException {
    entry(name, content.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** An extra field that moves what follows it from {@code start} to the next aligned place. */
  private static byte[] padding(long start) {
    int length = (int) (ALIGNMENT - (start + EXTRA_HEADER) % ALIGNMENT) % ALIGNMENT;
    return ByteBuffer.allocate(EXTRA_HEADER + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(PADDING)
        .putShort((short) length)
        .array();
  }

  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
