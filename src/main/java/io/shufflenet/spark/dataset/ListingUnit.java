package io.shufflenet.spark.dataset;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;

/**
 * A folder for one task to list. Not a record, which Kryo cannot read back where it is Spark's
 * serializer.
 */
final class ListingUnit implements Serializable {
  private static final long serialVersionUID = 1;

  private final String folder;
  private final String prefix;
  private final Reach reach;

  /**
   * @param prefix where the folder stands under the input's root: empty, or ending in a slash
   */
  ListingUnit(Path folder, String prefix, Reach reach) {
    this.folder = folder.toString();
    this.prefix = prefix;
    this.reach = reach;
  }

  Path folder() {
    return new Path(folder);
  }

  String prefix() {
    return prefix;
  }

  Reach reach() {
    return reach;
  }

  enum Reach {
    /** The files directly in the folder. */
    FILES,
    /** The files in the folder and in all folders below it. */
    TREE
  }
}
