package io.shufflenet.spark.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Lists a folder of the local file system. Hadoop's own listing leaves out, without a word, a file
 * whose name this JVM cannot decode and a link to nothing; it takes a pipe for a file, follows
 * links in circles, and is five times slower.
 *
 * <p>Here links are followed, except to a folder that they lie in. A link to nothing is listed as
 * an empty file, so that reading it fails where one can see it. Pipes, sockets and devices are left
 * out.
 */
final class LocalFolderLister implements FolderLister {
  private static final char REPLACEMENT = '\uFFFD';

  private final java.nio.file.Path root;

  LocalFolderLister(Path root) {
    this.root = local(root);
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  @Override
  public RemoteIterator<FileStatus> list(Path folder) throws IOException {
    return new Children(folder, children(local(folder)).iterator());
  }

  /** Names only, and all of them: nothing stays open when a caller stops half-way. */
  private static List<java.nio.file.Path> children(java.nio.file.Path folder) throws IOException {
    List<java.nio.file.Path> children = new ArrayList<>();
    try (DirectoryStream<java.nio.file.Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(children::add);
    } catch (NoSuchFileException e) {
      FileNotFoundException gone = new FileNotFoundException(e.getMessage());
      gone.initCause(e);
      throw gone;
    } catch (AccessDeniedException e) {
      throw new IOException("permission denied", e);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return children;
  }

  /** The status of a child, or null if there is nothing to list. */
  private FileStatus status(Path folder, java.nio.file.Path child) throws IOException {
    Path path = new Path(folder, new Path(null, null, child.getFileName().toString()));
    try {
      BasicFileAttributes attributes = Files.readAttributes(child, BasicFileAttributes.class);
      if (attributes.isOther() || (attributes.isDirectory() && leadsBack(child))) {
        return null;
      }
      requireReachable(child, attributes);
      long modified = attributes.lastModifiedTime().toMillis();
      return new FileStatus(
          attributes.isDirectory() ? 0 : attributes.size(),
          attributes.isDirectory(),
          1,
          0,
          modified,
          path);
    } catch (FileSystemException e) {
      if (Files.isSymbolicLink(child)) {
        return new FileStatus(0, false, 1, 0, 0, path);
      }
      if (e instanceof NoSuchFileException) {
        return null;
      }
      throw e;
    }
  }

  private boolean leadsBack(java.nio.file.Path folder) throws IOException {
    java.nio.file.Path real = folder.toRealPath();
    if (real.equals(root.toRealPath().resolve(root.relativize(folder)))) {
      return false;
    }
    java.nio.file.Path ancestor = folder;
    while (!ancestor.equals(root)) {
      ancestor = ancestor.getParent();
      if (ancestor.toRealPath().equals(real)) {
        return true;
      }
    }
    return false;
  }

  /**
   * One file with a name in a foreign encoding is listed, and reading it fails. A folder with such
   * a name would lose all its files, and in an encoding other than UTF-8 most names may be lost.
   */
  private static void requireReachable(java.nio.file.Path child, BasicFileAttributes attributes)
      throws IOException {
    String encoding = System.getProperty("sun.jnu.encoding");
    if (isDecoded(child) || (attributes.isRegularFile() && "UTF-8".equals(encoding))) {
      return;
    }
    throw new IOException(
        "the name '%s' cannot be decoded as %s: rename it, or start Java with LC_ALL=C.UTF-8"
            .formatted(child.getFileName(), encoding));
  }

  private static boolean isDecoded(java.nio.file.Path child) {
    String name = child.getFileName().toString();
    if (name.indexOf(REPLACEMENT) < 0) {
      return true;
    }
    try {
      return child.resolveSibling(name).equals(child);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private final class Children implements RemoteIterator<FileStatus> {
    private final Path folder;
    private final Iterator<java.nio.file.Path> names;
    private FileStatus next;

    private Children(Path folder, Iterator<java.nio.file.Path> names) {
      this.folder = folder;
      this.names = names;
    }

    @Override
    public boolean hasNext() throws IOException {
      while (next == null && names.hasNext()) {
        next = status(folder, names.next());
      }
      return next != null;
    }

    @Override
    public FileStatus next() throws IOException {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      FileStatus status = next;
      next = null;
      return status;
    }
  }
}
