package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderListerTest {
  @TempDir Path folder;

  @Test
  void followsLinksToFilesAndFolders() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    TestFiles.image(elsewhere, "a.jpg");
    Path root = Files.createDirectory(folder.resolve("root"));
    Files.createSymbolicLink(root.resolve("cats"), elsewhere);
    Files.createSymbolicLink(root.resolve("b.jpg"), elsewhere.resolve("a.jpg"));

    assertThat(walk(root)).containsExactlyInAnyOrder("cats/a.jpg", "b.jpg");
  }

  @Test
  void walksEveryFileOnceWhereLinksLeadBack() throws IOException {
    TestFiles.image(folder, "cats/1.jpg");
    TestFiles.image(folder, "dogs/2.jpg");
    Files.createSymbolicLink(folder.resolve("cats/self"), folder.resolve("cats"));
    Files.createSymbolicLink(folder.resolve("dogs/root"), folder);

    assertThat(walk(folder)).containsExactlyInAnyOrder("cats/1.jpg", "dogs/2.jpg");
  }

  @Test
  void endsWhereTwoLinksLeadToEachOther() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    TestFiles.image(folder, "a/1.jpg");
    TestFiles.image(folder, "b/2.jpg");
    Files.createSymbolicLink(root.resolve("start"), folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("a/to-b"), folder.resolve("b"));
    Files.createSymbolicLink(folder.resolve("b/to-a"), folder.resolve("a"));

    assertThat(walk(root)).containsExactlyInAnyOrder("start/1.jpg", "start/to-b/2.jpg");
  }

  @Test
  void listsLinksToNothingSoThatReadingThemFails() throws IOException {
    Files.createSymbolicLink(folder.resolve("gone.jpg"), folder.resolve("nothing"));
    Files.createSymbolicLink(folder.resolve("itself.jpg"), folder.resolve("itself.jpg"));

    assertThat(walk(folder)).containsExactlyInAnyOrder("gone.jpg", "itself.jpg");
  }

  @Test
  void listsAFileWhoseNameIsNotDecodable() throws Exception {
    shell("printf x > \"$1/$(printf 'caf\\351').jpg\"");

    assertThat(walk(folder)).containsExactly("caf\ufffd.jpg");
  }

  @Test
  void refusesAFolderWhoseNameIsNotDecodable() throws Exception {
    shell("mkdir \"$1/$(printf 'caf\\351')\"");

    assertThatThrownBy(() -> walk(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(
            "Cannot list folder file:%s: the name 'caf\ufffd' cannot be decoded as UTF-8", folder)
        .hasMessageContaining("LC_ALL=C.UTF-8");
  }

  @Test
  void leavesOutPipes() throws Exception {
    shell("mkfifo \"$1/pipe.jpg\"");
    TestFiles.image(folder, "1.jpg");

    assertThat(walk(folder)).containsExactly("1.jpg");
  }

  @Test
  void saysThatAFolderIsGone() {
    LocalFolderLister lister = new LocalFolderLister(hadoop(folder));

    assertThatThrownBy(() -> lister.list(hadoop(folder.resolve("gone"))))
        .isInstanceOf(FileNotFoundException.class);
  }

  private void shell(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", script, "sh", folder.toString()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path("file:" + path);
  }

  private static List<String> walk(Path root) {
    LocalFolderLister lister = new LocalFolderLister(hadoop(root));
    return FolderWalk.of(lister, hadoop(root)).stream().map(FolderFile::relativePath).toList();
  }
}
