package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class PathResolverTest {
  static final List<String> ODD_NAMES = TestFiles.ODD_NAMES;

  private final PathResolver resolver = new PathResolver(new Path("hdfs://node:8020/data/set"));

  @ParameterizedTest
  @CsvSource({
    "cats/1.jpg, hdfs://node:8020/data/set/cats/1.jpg, cats/1.jpg",
    "./1.jpg, hdfs://node:8020/data/set/1.jpg, ./1.jpg",
    "../1.jpg, hdfs://node:8020/data/1.jpg, ../1.jpg",
    "/data/set/cats/1.jpg, hdfs://node:8020/data/set/cats/1.jpg, cats/1.jpg",
    "/data/setting/1.jpg, hdfs://node:8020/data/setting/1.jpg, hdfs://node:8020/data/setting/1.jpg",
    "hdfs://node:8020/data/set/1.jpg, hdfs://node:8020/data/set/1.jpg, 1.jpg",
    "s3a://bucket/data/set/1.jpg, s3a://bucket/data/set/1.jpg, s3a://bucket/data/set/1.jpg",
    "file:///x/1.jpg, file:/x/1.jpg, file:/x/1.jpg"
  })
  void resolvesPathsAgainstTheRoot(String given, String absolute, String relative) {
    assertThat(resolver.absolute(given)).isEqualTo(absolute);
    assertThat(resolver.relative(given)).isEqualTo(relative);
  }

  @ParameterizedTest
  @FieldSource("ODD_NAMES")
  void takesEveryCharacterOfANameForItself(String name) {
    assertThat(resolver.absolute(name)).isEqualTo("hdfs://node:8020/data/set/" + name);
    assertThat(resolver.absolute("/a/" + name)).isEqualTo("hdfs://node:8020/a/" + name);
    assertThat(resolver.absolute("s3a://b/" + name)).isEqualTo("s3a://b/" + name);
  }

  @ParameterizedTest
  @NullAndEmptySource
  void hasNoPathForNone(String given) {
    assertThat(resolver.absolute(given)).isNull();
    assertThat(resolver.relative(given)).isNull();
  }

  @Test
  void leavesWhatIsNoPath() {
    assertThat(resolver.absolute("s3a://[/x")).isEqualTo("s3a://[/x");
  }

  @Test
  void knowsTheRootOfAFileSystem() {
    PathResolver atTop = new PathResolver(new Path("file:/"));

    assertThat(atTop.absolute("a.jpg")).isEqualTo("file:/a.jpg");
    assertThat(atTop.relative("/x/a.jpg")).isEqualTo("x/a.jpg");
  }
}
