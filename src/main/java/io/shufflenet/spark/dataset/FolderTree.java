package io.shufflenet.spark.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The folders of an input as far as the driver needs them: the first level, which are the classes,
 * and below it only as much as there must be to share out the listing. Files pass by and are not
 * held.
 *
 * @param classes names of the folders directly under the root, sorted by code point
 */
record FolderTree(FolderLister lister, Path root, List<String> classes) {
  /** A folder with more entries than this is listed by one task. */
  private static final int MOST_ENTRIES = 10_000;

  static FolderTree of(FolderLister lister, Path root) throws IOException {
    List<String> classes = new ArrayList<>();
    for (Path folder : subfolders(lister, root, Long.MAX_VALUE).orElseThrow()) {
      classes.add(folder.getName());
    }
    classes.sort(CodePointOrder.INSTANCE);
    return new FolderTree(lister, root, List.copyOf(classes));
  }

  /** One unit for each class, and one for the files directly under the root. */
  List<ListingUnit> unitPerClass() {
    List<ListingUnit> units = new ArrayList<>();
    units.add(new ListingUnit(root, "", ListingUnit.Reach.FILES));
    for (String name : classes) {
      units.add(tree(new Path(root, new Path(null, null, name)), ""));
    }
    return units;
  }

  /**
   * As {@link #unitPerClass()}, with folders split into their subfolders until there are {@code
   * wanted} units or no more folders to split. Lists about {@code wanted} folders at most.
   */
  List<ListingUnit> units(int wanted) throws IOException {
    List<ListingUnit> whole = new ArrayList<>();
    Deque<ListingUnit> divisible = new ArrayDeque<>();
    for (ListingUnit unit : unitPerClass()) {
      (unit.reach() == ListingUnit.Reach.TREE ? divisible : whole).add(unit);
    }
    while (!divisible.isEmpty() && whole.size() + divisible.size() < wanted) {
      ListingUnit unit = divisible.remove();
      List<Path> subfolders = subfolders(lister, unit.folder(), MOST_ENTRIES).orElse(List.of());
      if (subfolders.isEmpty()) {
        whole.add(unit);
        continue;
      }
      whole.add(new ListingUnit(unit.folder(), unit.prefix(), ListingUnit.Reach.FILES));
      subfolders.forEach(folder -> divisible.add(tree(folder, unit.prefix())));
    }
    whole.addAll(divisible);
    whole.sort(Comparator.comparing(ListingUnit::prefix));
    return whole;
  }

  private static ListingUnit tree(Path folder, String parentPrefix) {
    return new ListingUnit(folder, parentPrefix + folder.getName() + "/", ListingUnit.Reach.TREE);
  }

  /**
   * The folders directly in a folder, or nothing if it has more than {@code most} entries of any
   * kind.
   */
  private static Optional<List<Path>> subfolders(FolderLister lister, Path folder, long most)
      throws IOException {
    List<Path> subfolders = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> entries = lister.list(folder);
      for (long seen = 0; entries.hasNext(); seen++) {
        if (seen == most) {
          return Optional.empty();
        }
        FileStatus entry = entries.next();
        if (entry.isDirectory() && !FileNames.isHidden(entry.getPath().getName())) {
          subfolders.add(entry.getPath());
        }
      }
    } catch (FileNotFoundException vanished) {
      return Optional.of(List.of());
    } catch (IOException e) {
      throw new IOException("Cannot list folder %s: %s".formatted(folder, e.getMessage()), e);
    }
    return Optional.of(subfolders);
  }
}
