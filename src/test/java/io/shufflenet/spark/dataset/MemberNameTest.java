package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MemberNameTest {
  @ParameterizedTest
  @CsvSource({
    "a.jpg, a, jpg",
    "a.left.JPG, a, left.jpg",
    "v1.2/b.c/000.Cls, v1.2/b.c/000, cls",
    "./a.jpg, ./a, jpg",
    "/a/../b.jpg, /a/../b, jpg",
    "a/b, a/b, ''",
    "v1.2/b, v1.2/b, ''"
  })
  void splitsAtTheFirstDotOfTheLastPart(String name, String sample, String extension) {
    assertThat(new MemberName(name).sample()).isEqualTo(sample);
    assertThat(new MemberName(name).extension()).isEqualTo(extension);
  }

  @ParameterizedTest
  @ValueSource(strings = {"._a.jpg", "a/._b.jpg", ".thumbnails/a.jpg", "__MACOSX/a.jpg"})
  void hidesWhatAFolderHides(String name) {
    assertThat(new MemberName(name).isHidden()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "./a.jpg", "../a.jpg", "/a/b.jpg", "_DSC1.JPG"})
  void showsTheRest(String name) {
    assertThat(new MemberName(name).isHidden()).isFalse();
  }

  @Test
  void noFileIsCalledAsAMember() {
    String path = new MemberName("../../etc/hostname").in("file:/data/0.tar");

    assertThat(path).isEqualTo("tar:file:/data/0.tar!/../../etc/hostname");
    assertThatThrownBy(() -> new ImageReader(new Configuration(), 1000).read(path))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessage("a member of a tar file that holds no bytes of it, as a link does");
    assertThat(new PathResolver(new Path("file:/packed")).absolute(path)).isEqualTo(path);
  }
}
