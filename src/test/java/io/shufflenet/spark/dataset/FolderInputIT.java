package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shufflenet.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderInputIT {
  private final SparkSession spark = LocalSpark.session();
  @TempDir Path folder;

  @Test
  void givesARowForEachFile() throws IOException {
    Path image = TestFiles.image(folder, "cats/1.jpg");
    Files.setLastModifiedTime(image, FileTime.from(Instant.parse("2024-02-29T12:34:56.789Z")));

    List<Row> rows = open(TestSettings.of(folder)).rows().collectAsList();

    assertThat(rows).hasSize(1);
    Row row = rows.get(0);
    assertThat(row.schema()).isEqualTo(ImageRows.OF_FOLDER);
    assertThat(row.getString(0)).isEqualTo("file:" + image);
    assertThat(row.getString(1)).isEqualTo("cats/1.jpg");
    assertThat(row.getLong(2)).isEqualTo(10);
    assertThat(row.getString(3)).isEqualTo("2024-02-29T12:34:56.789Z");
    assertThat(row.getString(4)).isEqualTo("cats");
  }

  @Test
  void namesEveryFileSoThatItCanBeOpened() throws IOException {
    for (String name : TestFiles.ODD_NAMES) {
      TestFiles.image(folder, name);
      TestFiles.image(folder, name + ".d/" + name);
    }

    List<Row> rows = open(TestSettings.of(folder)).rows().collectAsList();

    assertThat(rows).hasSize(2 * TestFiles.ODD_NAMES.size());
    for (Row row : rows) {
      assertThat(TestFiles.contentOf(row.getString(0))).isEqualTo(row.getString(1));
    }
  }

  @Test
  void takesTheFirstFolderForTheLabel() throws IOException {
    TestFiles.image(folder, "cats/black/old/1.jpg");
    TestFiles.image(folder, "2.jpg");

    assertThat(open(TestSettings.of(folder)).rows().select("relative_path", "label"))
        .satisfies(
            rows ->
                assertThat(rows.collectAsList())
                    .extracting(row -> row.getString(1))
                    .containsExactlyInAnyOrder("cats", null));
  }

  @Test
  void listsEmptyFilesAndAnyEndingButNothingHidden() throws IOException {
    TestFiles.text(folder, "cats/empty.jpg", "");
    TestFiles.image(folder, "cats/notes.txt");
    TestFiles.image(folder, "cats/_DSC1.JPG");
    TestFiles.image(folder, "cats/.DS_Store");
    TestFiles.image(folder, ".thumbnails/1.jpg");
    TestFiles.image(folder, "__MACOSX/cats/1.jpg");
    TestFiles.image(folder, "_SUCCESS");

    assertThat(names(TestSettings.of(folder)))
        .containsExactlyInAnyOrder("cats/empty.jpg", "cats/notes.txt", "cats/_DSC1.JPG");
  }

  @Test
  void narrowsToExtensionsInAnyCase() throws IOException {
    TestFiles.image(folder, "cats/1.JPG");
    TestFiles.image(folder, "cats/2.jpeg");
    TestFiles.image(folder, "cats/3.png");
    TestFiles.image(folder, "cats/jpg");

    assertThat(names(TestSettings.of(folder).extensions("jpg", ".JPEG")))
        .containsExactlyInAnyOrder("cats/1.JPG", "cats/2.jpeg");
  }

  @Test
  void listsEveryFileOnceHoweverTheFoldersAreSharedOut() throws IOException {
    for (int file = 0; file < 5; file++) {
      TestFiles.image(folder, "a/deep/er/%d.jpg".formatted(file));
      TestFiles.image(folder, "a/%d.jpg".formatted(file));
      TestFiles.image(folder, "b/wide-%d/%d.jpg".formatted(file, file));
      TestFiles.image(folder, "%d.jpg".formatted(file));
    }

    List<String> names = names(TestSettings.of(folder));

    assertThat(names)
        .hasSize(20)
        .doesNotHaveDuplicates()
        .contains("a/deep/er/0.jpg", "b/wide-3/3.jpg");
  }

  @Test
  void countsTheFilesItListed() throws IOException {
    TestFiles.image(folder, "cats/1.jpg");
    TestFiles.image(folder, "2.jpg");
    ImageInput input = open(TestSettings.of(folder));

    input.rows().collectAsList();

    assertThat(input.listed()).isEqualTo(2);
  }

  @Test
  void countsEmptyFoldersAmongTheClasses() throws IOException {
    TestFiles.image(folder, "cats/1.jpg");
    Files.createDirectory(folder.resolve("dogs"));
    Files.createDirectory(folder.resolve(".hidden"));

    ImageInput input = open(TestSettings.of(folder));

    assertThat(input.distinctLabels(10)).containsExactly("cats", "dogs");
    assertThat(input.describe()).isEqualTo("image folder file:%s with 2 subfolders", folder);
  }

  @Test
  void takesAPathWithGlobCharactersLiterally() throws IOException {
    Path odd = Files.createDirectory(folder.resolve("set [1] {a,b}*?"));
    TestFiles.image(odd, "1.jpg");

    assertThat(names(TestSettings.of(odd))).containsExactly("1.jpg");
  }

  @Test
  void skipsAFolderThatVanishes() throws IOException {
    FaultyFileSystem.register(spark);
    TestFiles.image(folder, "cats/1.jpg");
    TestFiles.image(folder, "cats/vanished/2.jpg");
    TestFiles.image(folder, "vanished/3.jpg");

    assertThat(names(TestSettings.of("faulty:" + folder))).containsExactly("cats/1.jpg");
  }

  @Test
  void namesAFolderThatCannotBeRead() throws IOException {
    FaultyFileSystem.register(spark);
    TestFiles.image(folder, "cats/1.jpg");
    TestFiles.image(folder, "cats/old/forbidden/2.jpg");
    for (int other = 0; other < 9; other++) {
      Files.createDirectory(folder.resolve("other" + other));
    }
    TestSettings settings = TestSettings.of("faulty:" + folder).format("folder");

    assertThatThrownBy(() -> names(settings))
        .hasStackTraceContaining(
            "Cannot list folder faulty:" + folder + "/cats/old/forbidden: Permission denied");
  }

  @Test
  void refusesARootThatCannotBeRead() throws Exception {
    FaultyFileSystem.register(spark);
    TestFiles.image(folder, "forbidden/1.jpg");

    assertThatThrownBy(() -> open(TestSettings.of("faulty:" + folder + "/forbidden")))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot list folder faulty:%s/forbidden: Permission denied", folder);
  }

  @Test
  void refusesAnInputThatDoesNotExist() throws Exception {
    assertRefused(
        TestSettings.of(folder + "/absent"),
        "Cannot read input.path = %s/absent: file:%s/absent does not exist"
            .formatted(folder, folder));
  }

  @Test
  void saysThatGlobPatternsAreNotSupported() throws Exception {
    assertRefused(TestSettings.of(folder + "/*.jpg"), "glob patterns and lists of paths are not");
  }

  @Test
  void refusesWhatIsNoPath() throws Exception {
    assertRefused(TestSettings.of("C:\\images"), "Cannot read input.path = C:\\images: ");
  }

  @Test
  void refusesAFileSystemThatIsNotThere() throws Exception {
    assertRefused(
        TestSettings.of("nowhere://x/y"),
        "Cannot read input.path = nowhere://x/y: No FileSystem for scheme \"nowhere\"");
  }

  @Test
  void refusesAFile() throws Exception {
    Path image = TestFiles.image(folder, "1.jpg");

    assertRefused(
        TestSettings.of(image).format("folder"),
        "Cannot read input.path = %s: it is a file".formatted(image));
  }

  @Test
  void refusesAFolderWithoutFiles() throws Exception {
    Files.createDirectory(folder.resolve("cats"));
    TestFiles.image(folder, "cats/.hidden");

    assertRefused(
        TestSettings.of(folder),
        "Cannot read input.path = %s: there is no file in it".formatted(folder));
  }

  @Test
  void refusesAFolderWithoutAWantedEnding() throws Exception {
    TestFiles.image(folder, "cats/1.PNG");
    TestFiles.image(folder, "2.png");
    TestFiles.image(folder, "README");

    assertRefused(
        TestSettings.of(folder).extensions("jpg"),
        "none of its 3 files has an ending of input.extensions = [jpg];"
            + " there are png (2), no ending (1)");
  }

  @Test
  void refusesSettingsOfTables() throws Exception {
    TestFiles.image(folder, "1.jpg");

    assertRefused(
        TestSettings.of(folder).keep("camera"),
        "Cannot use input.keep = [camera]: input.path = %s is an image folder".formatted(folder));
    assertRefused(
        TestSettings.of(folder).root(folder).columns(new InputColumns("", "", "species", "", "")),
        "Cannot use input.columns.label = species, input.root = " + folder);
  }

  private void assertRefused(TestSettings settings, String message) throws InterruptedException {
    JobCounter.assertRefused(spark, () -> open(settings), message);
  }

  private ImageInput open(TestSettings settings) throws IOException {
    return ImageInput.open(spark, settings.build(), TestSettings.MAX_BYTES, List.of());
  }

  private List<String> names(TestSettings settings) throws IOException {
    return open(settings).rows().select("relative_path").as(Encoders.STRING()).collectAsList();
  }
}
