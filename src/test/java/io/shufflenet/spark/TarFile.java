package io.shufflenet.spark;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes a tar file, packed by gzip if its ending says so. */
public final class TarFile implements Closeable {
  private final TarArchiveOutputStream out;

  private TarFile(OutputStream bytes) {
    out = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());
    out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    out.setAddPaxHeadersForNonAsciiNames(true);
  }

  public static TarFile create(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    OutputStream bytes = Files.newOutputStream(file);
    return new TarFile(
        file.toString().toLowerCase(Locale.ROOT).endsWith("gz")
            ? new GZIPOutputStream(bytes)
            : bytes);
  }

  /** Names of more than 100 characters as GNU's tar writes them. */
  public TarFile withLongNamesOfGnu() {
    out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    return this;
  }

  public TarFile add(String name, byte[] content) throws IOException {
    return add(name, TarConstants.LF_NORMAL, content);
  }

  /**
   * A member, or what says something of the next one.
   *
   * @param type one of {@link TarConstants}
   */
  public TarFile add(String name, byte type, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setSize(content.length);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
    return this;
  }

  public TarFile add(String name, String text) throws IOException {
    return add(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A member without bytes.
   *
   * @param type one of {@link TarConstants}
   */
  public TarFile add(String name, byte type, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName(target);
    out.putArchiveEntry(entry);
    out.closeArchiveEntry();
    return this;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
