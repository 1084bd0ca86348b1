package io.shufflenet.spark.dataset;

import java.io.Serializable;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * Turns what a table's path column says into a full path. As everywhere in Hadoop, {@code %20} in
 * it is three characters of the name.
 */
final class PathResolver implements Serializable {
  private static final long serialVersionUID = 1;

  /** A colon without a slash after it belongs to a name. */
  private static final Pattern WITH_SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*", Pattern.DOTALL);

  private final String root;

  /**
   * @param root what relative paths stand under; full
   */
  PathResolver(Path root) {
    this.root = root.toString();
  }

  /**
   * The full path: of a relative one under the root, of an absolute one on the root's file system.
   * Null for null and an empty string; what cannot be a path comes back as it is.
   */
  String absolute(String given) {
    if (given == null || given.isEmpty()) {
      return null;
    }
    if (MemberName.isPath(given)) {
      return given;
    }
    try {
      return resolve(given).toString();
    } catch (IllegalArgumentException e) {
      return given;
    }
  }

  private Path resolve(String given) {
    if (WITH_SCHEME.matcher(given).matches()) {
      return new Path(given);
    }
    Path under = new Path(root);
    return given.startsWith("/")
        ? new Path(under.toUri().getScheme(), under.toUri().getAuthority(), given)
        : new Path(under, new Path(null, null, given));
  }

  /** The path under the root: a relative one as it is given; one elsewhere is its own full path. */
  String relative(String given) {
    String full = absolute(given);
    if (full == null) {
      return null;
    }
    if (!given.startsWith("/") && !WITH_SCHEME.matcher(given).matches()) {
      return given;
    }
    String prefix = root.endsWith("/") ? root : root + "/";
    return full.startsWith(prefix) ? full.substring(prefix.length()) : full;
  }
}
