package io.shufflenet.spark.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files under a folder that are not hidden, depth first, listed only as far as they are asked
 * for. A folder that vanishes meanwhile is skipped; one that cannot be read ends the walk with an
 * {@link UncheckedIOException} that names it.
 */
final class FolderWalk implements Iterator<FolderFile> {
  private final FolderLister lister;
  private final ListingUnit.Reach reach;
  private final Deque<OpenFolder> open = new ArrayDeque<>();
  private FolderFile next;

  private FolderWalk(FolderLister lister, ListingUnit unit) {
    this.lister = lister;
    this.reach = unit.reach();
    enter(unit.folder(), unit.prefix());
  }

  /** Everything under the root. */
  static FolderWalk of(FolderLister lister, Path root) {
    return of(lister, new ListingUnit(root, "", ListingUnit.Reach.TREE));
  }

  static FolderWalk of(FolderLister lister, ListingUnit unit) {
    return new FolderWalk(lister, unit);
  }

  Stream<FolderFile> stream() {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, 0), false);
  }

  @Override
  public boolean hasNext() {
    while (next == null && !open.isEmpty()) {
      advance(open.peek());
    }
    return next != null;
  }

  @Override
  public FolderFile next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    FolderFile file = next;
    next = null;
    return file;
  }

  private void advance(OpenFolder folder) {
    FileStatus entry = folder.nextEntry();
    if (entry == null) {
      open.pop();
      return;
    }
    String name = entry.getPath().getName();
    if (FileNames.isHidden(name)) {
      return;
    }
    if (!entry.isDirectory()) {
      next = new FolderFile(entry, folder.prefix + name);
    } else if (reach == ListingUnit.Reach.TREE) {
      enter(entry.getPath(), folder.prefix + name + "/");
    }
  }

  private void enter(Path folder, String prefix) {
    try {
      open.push(new OpenFolder(folder, prefix, lister.list(folder)));
    } catch (FileNotFoundException vanished) {
      return;
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static UncheckedIOException unreadable(Path folder, IOException cause) {
    String message = "Cannot list folder %s: %s".formatted(folder, cause.getMessage());
    return new UncheckedIOException(new IOException(message, cause));
  }

  private record OpenFolder(Path folder, String prefix, RemoteIterator<FileStatus> entries) {
    /** Null at the folder's end. */
    FileStatus nextEntry() {
      try {
        return entries.hasNext() ? entries.next() : null;
      } catch (FileNotFoundException vanished) {
        return null;
      } catch (IOException e) {
        throw unreadable(folder, e);
      }
    }
  }
}
