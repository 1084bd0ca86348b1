package io.shufflenet.spark.training;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a spool. Nothing else in their folder is touched. */
record SpoolFiles(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFiles.class);

  Path data() {
    return folder.resolve("spool.images");
  }

  Path index() {
    return folder.resolve("spool.index");
  }

  Path lock() {
    return folder.resolve("spool.lock");
  }

  private Path newIndex() {
    return folder.resolve("spool.index.new");
  }

  /** Makes the folder where needed, and holds it. */
  SpoolLock takeFolder() throws IOException {
    try {
      Files.createDirectories(folder.toAbsolutePath().getParent());
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(folder, ofOwnerAlone());
      }
    } catch (IOException e) {
      throw cannotUse(e);
    }
    return SpoolLock.take(this);
  }

  /** The images may be private, and the usual place is one that all users share. */
  private FileAttribute<?>[] ofOwnerAlone() {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  /** The index, if it is of this identity and the data are as long as it says. */
  Optional<SpoolIndex> readIndex(String identity) throws IOException {
    long dataLength = Files.isRegularFile(data()) ? Files.size(data()) : -1;
    return SpoolIndex.read(index())
        .filter(index -> index.identity().equals(identity) && index.dataLength() == dataLength);
  }

  /** Writes the index whole or not at all, even where the machine stops meanwhile. */
  void write(SpoolIndex index) throws IOException {
    try (OutputStream out = Files.newOutputStream(newIndex())) {
      index.write(out);
    }
    sync(newIndex());
    Files.move(
        newIndex(), index(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Data without an index are no spool. */
  void deleteIndex() throws IOException {
    Files.deleteIfExists(index());
    Files.deleteIfExists(newIndex());
  }

  /** Removes every file and releases the lock; the folder goes too if nothing else is in it. */
  void deleteAll(SpoolLock lock) throws IOException {
    try (lock) {
      deleteIndex();
      Files.deleteIfExists(data());
      Files.deleteIfExists(lock()); // while it is held: none may lock a file that is going
    }
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("{} holds files of others and stays", folder);
    }
  }

  /** Most often, the disk is full. */
  IOException cannotWrite(IOException cause) {
    return new IOException(
        "Cannot spool the images to %s: %s; name a larger disk in train.spool"
            .formatted(folder, reason(cause)),
        cause);
  }

  IOException cannotUse(IOException cause) {
    return new IOException(
        "Cannot spool to %s: %s; name another folder in train.spool"
            .formatted(folder, reason(cause)),
        cause);
  }

  /** Java's own message of these is no more than the file's name. */
  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "access denied";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "it is not a folder";
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
