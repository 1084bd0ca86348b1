package io.shufflenet.spark.dataset;

import java.nio.file.Path;
import java.util.List;

/** Input settings with every default, and what a test changes. */
final class TestSettings {
  static final int MAX_BYTES = 1 << 20;

  private final String path;
  private String format = "auto";
  private InputColumns columns = InputColumns.USUAL;
  private String root = "";
  private List<String> keep = List.of();
  private List<String> extensions = List.of();
  private TruthSettings truth = TruthSettings.NONE;
  private int limit;
  private long seed = 1;

  private TestSettings(String path) {
    this.path = path;
  }

  static TestSettings of(String path) {
    return new TestSettings(path);
  }

  static TestSettings of(Path path) {
    return new TestSettings(path.toString());
  }

  TestSettings format(String value) {
    TestSettings changed = copy();
    changed.format = value;
    return changed;
  }

  TestSettings columns(InputColumns value) {
    TestSettings changed = copy();
    changed.columns = value;
    return changed;
  }

  TestSettings root(Path value) {
    TestSettings changed = copy();
    changed.root = value.toString();
    return changed;
  }

  TestSettings keep(String... names) {
    TestSettings changed = copy();
    changed.keep = List.of(names);
    return changed;
  }

  TestSettings extensions(String... endings) {
    TestSettings changed = copy();
    changed.extensions = List.of(endings);
    return changed;
  }

  TestSettings truth(String groundTruth, String synsets) {
    TestSettings changed = copy();
    changed.truth = new TruthSettings(groundTruth, synsets);
    return changed;
  }

  TestSettings limit(int value) {
    TestSettings changed = copy();
    changed.limit = value;
    return changed;
  }

  TestSettings seed(long value) {
    TestSettings changed = copy();
    changed.seed = value;
    return changed;
  }

  private TestSettings copy() {
    TestSettings copy = new TestSettings(path);
    copy.format = format;
    copy.columns = columns;
    copy.root = root;
    copy.keep = keep;
    copy.extensions = extensions;
    copy.truth = truth;
    copy.limit = limit;
    copy.seed = seed;
    return copy;
  }

  InputSettings build() {
    return new InputSettings(path, format, columns, root, keep, extensions, truth, limit, seed);
  }
}
