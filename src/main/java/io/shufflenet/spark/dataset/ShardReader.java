package io.shufflenet.spark.dataset;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.conf.Configuration;

/**
 * The images of a tar file, in its order, each read as it is asked for. Members that stand together
 * and are called the same up to the first dot of their last part are a sample; the text of the one
 * called {@code cls} is the label of its images. Images that come before it wait for it.
 *
 * <p>A file that is cut off or damaged ends the iteration with an {@link UncheckedIOException} that
 * names the file and the byte: nobody can tell how many images are lost.
 */
final class ShardReader implements Iterator<ShardImage>, Closeable {
  private static final String LABEL = "cls";
  private static final int MOST_LABEL_BYTES = 1000;

  /** What a waiting image takes besides its bytes, roughly. */
  private static final int BYTES_OF_NAMES = 1000;

  private final Shard shard;
  private final ShardSelection selection;
  private final ShardStream bytes;
  private final ArchiveInputStream<TarArchiveEntry> members;
  private final Queue<ShardImage> ready = new ArrayDeque<>();
  private final Queue<ShardImage> waiting = new ArrayDeque<>();
  private String sample;
  private String label;
  private long waitingBytes;
  private boolean waitedTooLong;
  private boolean ended;

  private ShardReader(Shard shard, ShardSelection selection, ShardStream bytes) {
    this.shard = shard;
    this.selection = selection;
    this.bytes = bytes;
    this.members = new TarArchiveInputStream(bytes, StandardCharsets.UTF_8.name());
  }

  /**
   * @throws IOException if the file cannot be opened
   */
  static ShardReader open(Shard shard, ShardSelection selection, Configuration hadoop)
      throws IOException {
    return new ShardReader(shard, selection, shard.open(hadoop));
  }

  Stream<ShardImage> stream() {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, 0), false);
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !ended) {
      advance();
    }
    return !ready.isEmpty();
  }

  @Override
  public ShardImage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  @Override
  public void close() throws IOException {
    ended = true;
    members.close();
  }

  private void advance() {
    try {
      bytes.headerFollows();
      TarArchiveEntry member = members.getNextEntry();
      if (member == null) {
        bytes.requireEnd();
        release();
        close();
        return;
      }
      if (!member.isCheckSumOK()) {
        throw new IOException("a header does not match its checksum");
      }
      bytes.dataFollows();
      take(member, new MemberName(member.getName()));
    } catch (IOException | RuntimeException e) { // of what a damaged header makes the tar reader do
      String message = "Cannot read shard " + shard.at(bytes.position()) + ": " + e.getMessage();
      throw new UncheckedIOException(new IOException(message, e));
    }
  }

  private void take(TarArchiveEntry member, MemberName name) throws IOException {
    if (isNoFile(member)) {
      return;
    }
    long left = isLink(member) ? 0 : member.getRealSize();
    if (!name.isHidden() && !name.extension().isEmpty()) {
      begin(name.sample());
      if (name.extension().equals(LABEL)) {
        left -= takeLabel();
      } else if (selection.takes(name)) {
        left -= takeImage(member, name);
      }
    }
    members.skipNBytes(left);
  }

  private static boolean isNoFile(TarArchiveEntry member) {
    return member.isDirectory()
        || member.isFIFO()
        || member.isCharacterDevice()
        || member.isBlockDevice();
  }

  private static boolean isLink(TarArchiveEntry member) {
    return member.isLink() || member.isSymbolicLink();
  }

  private void begin(String next) {
    if (!next.equals(sample)) {
      release();
      sample = next;
      label = null;
      waitedTooLong = false;
    }
  }

  /** Gives out what waited, with the label as far as it is known. */
  private void release() {
    waiting.forEach(image -> ready.add(image.withLabel(label)));
    waiting.clear();
    waitingBytes = 0;
  }

  /** How many bytes were read. */
  private int takeLabel() throws IOException {
    byte[] text = members.readNBytes(MOST_LABEL_BYTES);
    String given = new String(text, StandardCharsets.UTF_8).strip();
    if (waitedTooLong) {
      throw new IOException(
          "the label of %s comes after more than %,d bytes of its images"
              .formatted(sample, selection.maxBytes()));
    }
    label = given.isEmpty() ? null : given;
    release();
    return text.length;
  }

  /** How many bytes were read. */
  private int takeImage(TarArchiveEntry member, MemberName name) throws IOException {
    Long length = isLink(member) ? null : (Long) member.getRealSize();
    byte[] content = length != null && selection.reads(length) ? content(length.intValue()) : null;
    waiting.add(new ShardImage(name.text(), length, null, content));
    waitingBytes += BYTES_OF_NAMES;
    waitingBytes += length != null && length <= selection.maxBytes() ? length : 0;
    if (label != null) {
      release();
    } else if (waiting.size() > 1 && waitingBytes > selection.maxBytes()) {
      release();
      waitedTooLong = true;
    }
    return content == null ? 0 : content.length;
  }

  private byte[] content(int length) throws IOException {
    byte[] content = new byte[length];
    if (members.readNBytes(content, 0, length) < length) {
      throw new EOFException("it ends within a member");
    }
    return content;
  }
}
