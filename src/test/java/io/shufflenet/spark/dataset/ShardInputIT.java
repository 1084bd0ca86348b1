package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.TarFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShardInputIT {
  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;

  @Test
  void givesARowForEachImage() throws IOException {
    Path file = folder.resolve("train/0.tar");
    try (TarFile tar = TarFile.create(file)) {
      tar.add("a/1.jpg", "one").add("a/1.cls", "7").add("a/1.txt", "a caption");
    }
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-02-29T12:34:56.789Z")));

    ImageInput input = open(TestSettings.of(folder));

    assertThat(input.describe())
        .isEqualTo("webdataset %s with 1 tar files, labels from cls", folder);
    assertThat(input.holdsContent()).isTrue();
    Row row = input.rows().first();
    assertThat(row.schema()).isEqualTo(ImageRows.OF_SHARDS);
    assertThat(row.getString(0)).isEqualTo("tar:file:" + file + "!/a/1.jpg");
    assertThat(row.getString(1)).isEqualTo("train/0.tar/a/1.jpg");
    assertThat(row.getLong(2)).isEqualTo(3);
    assertThat(row.getString(3)).isEqualTo("2024-02-29T12:34:56.789Z");
    assertThat(row.getString(4)).isEqualTo("7");
    assertThat(row.<byte[]>getAs(5)).containsExactly('o', 'n', 'e');
  }

  @Test
  void takesASingleFileOfAnyEnding() throws IOException {
    Path file = folder.resolve("packed");
    shard("packed.tar", 2, "7");
    Files.move(folder.resolve("packed.tar"), file);

    assertThat(texts(open(TestSettings.of(file).format("webdataset")).rows()))
        .containsExactly("packed/0.jpg 7", "packed/1.jpg 7");
  }

  @Test
  void listsTheSameImagesWithoutTheirBytes() throws IOException {
    shard("0.tar", 3, "7");
    shard("1.tgz", 3, "9");
    ImageInput input = open(TestSettings.of(folder));

    Dataset<Row> listing = input.listing();

    assertThat(listing.columns())
        .containsExactly("path", "relative_path", "length", "version", "label");
    assertThat(listing.collectAsList())
        .isEqualTo(input.rows().drop(ImageRows.CONTENT).collectAsList());
    assertThat(input.listed()).isGreaterThanOrEqualTo(6);
  }

  @Test
  void readsAFileInATaskOfItsOwn() throws IOException {
    for (int number = 0; number < 5; number++) {
      shard(number + ".tar", 2, "7");
    }

    assertThat(open(TestSettings.of(folder)).rows().javaRDD().getNumPartitions()).isEqualTo(5);
  }

  @Test
  void drawsASampleFromEveryFile() throws IOException {
    for (int number = 0; number < 4; number++) {
      shard(number + ".tar", 50, "7");
    }
    TestSettings settings = TestSettings.of(folder).limit(40);

    List<String> sample = texts(open(settings).rows());

    assertThat(sample).hasSize(40).doesNotHaveDuplicates();
    assertThat(sample).extracting(text -> text.charAt(0)).contains('0', '1', '2', '3');
    assertThat(texts(open(settings).listing())).containsExactlyInAnyOrderElementsOf(sample);
  }

  @Test
  void integersAreIndicesAndOtherTextIsNames() throws IOException {
    shard("integers/0.tar", 1, "7");
    shard("names/0.tar", 1, "cat");
    shard("none/0.tar", 1, "");

    assertThat(open(TestSettings.of(folder.resolve("integers"))).labelKind())
        .isEqualTo(LabelKind.INTEGER);
    assertThat(open(TestSettings.of(folder.resolve("names"))).labelKind())
        .isEqualTo(LabelKind.STRING);
    ImageInput none = open(TestSettings.of(folder.resolve("none")));
    assertThat(none.labelKind()).isEqualTo(LabelKind.NONE);
    assertThat(none.describe()).doesNotContain("labels");
  }

  @Test
  void checksTheLabelsOfEveryFile() throws IOException {
    shard("0.tar", 2, "1");
    shard("1.tar", 2, "2");
    ImageInput input = open(TestSettings.of(folder).limit(1));

    assertThat(input.distinctLabels(10)).containsExactlyInAnyOrder("1", "2");
    assertThat(input.exampleOf("2")).contains("tar:file:" + folder + "/1.tar!/0.jpg");
    assertThat(input.exampleOf("3")).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Labels.resolve(input, Optional.empty(), 2, LabelPolicy.CHECKED))
        .withMessageContaining("Cannot use label '2' (tar:file:" + folder + "/1.tar!/0.jpg)");
  }

  @Test
  void refusesWhatOnlyATableHas() throws Exception {
    shard("0.tar", 1, "7");

    JobCounter.assertRefused(
        spark,
        () -> open(TestSettings.of(folder).keep("camera").root(folder)),
        "Cannot use input.keep = [camera], input.root = %s: input.path = %s is a set of tar shards, which has no columns"
            .formatted(folder, folder));
  }

  @Test
  void refusesAFolderWithoutTarFiles() throws Exception {
    TestFiles.image(folder, "1.jpg");

    JobCounter.assertRefused(
        spark,
        () -> open(TestSettings.of(folder).format("webdataset")),
        "Cannot read input.path = %s: there is no tar file in it".formatted(folder));
  }

  @Test
  void refusesTarFilesWithoutImages() throws Exception {
    for (String name : List.of("0.tar", "1.tar")) {
      try (TarFile tar = TarFile.create(folder.resolve(name))) {
        tar.add("1.txt", "no image");
      }
    }

    JobCounter.assertRefused(
        spark,
        () -> open(TestSettings.of(folder).extensions("jpg", "png")),
        "Cannot read input.path = %s: no member of its 2 tar files is an image (jpg, png)"
            .formatted(folder));
  }

  @Test
  void aDamagedFileEndsTheRun() throws IOException {
    shard("0.tar", 3, "7");
    Path damaged = shard("1.tar", 3, "7");
    Files.write(damaged, Arrays.copyOf(Files.readAllBytes(damaged), 3000));
    ImageInput input = open(TestSettings.of(folder));

    assertThatThrownBy(() -> input.listing().count())
        .hasStackTraceContaining("Cannot read shard file:" + damaged + " at byte ");
    assertThatThrownBy(() -> input.rows().collectAsList())
        .hasStackTraceContaining("Cannot read shard file:" + damaged + " at byte ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v7", "ustar", "gnu", "posix"})
  void readsWhatTheSystemsTarWrites(String format) throws Exception {
    Path images = Files.createDirectories(folder.resolve("images/a"));
    Files.writeString(images.resolve("1.jpg"), "one");
    Files.writeString(images.resolve("1.cls"), "7");
    Files.createLink(images.resolve("2.jpg"), images.resolve("1.jpg"));
    try (FileChannel holes =
        FileChannel.open(
            images.resolve("3.jpg"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      holes.write(ByteBuffer.wrap("begin".getBytes(StandardCharsets.UTF_8)), 0);
      holes.write(ByteBuffer.wrap("end".getBytes(StandardCharsets.UTF_8)), 200_000);
    }
    Files.writeString(images.resolve("4.jpg"), "four");
    boolean sparse = !format.equals("v7") && !format.equals("ustar");
    List<String> command = new ArrayList<>(List.of("tar", "--sort=name", "--format=" + format));
    command.addAll(sparse ? List.of("-S") : List.of());
    command.addAll(List.of("-C", folder.resolve("images").toString(), "-cf"));
    command.addAll(List.of(folder.resolve("0.tar").toString(), "."));
    assumeTrue(isDone(command), "no GNU tar");

    Dataset<Row> rows = open(TestSettings.of(folder.resolve("0.tar"))).rows();

    assertThat(texts(rows))
        .containsExactly(
            "0.tar/./a/1.jpg 7",
            "0.tar/./a/2.jpg null",
            "0.tar/./a/3.jpg null",
            "0.tar/./a/4.jpg null");
    List<Row> contents = rows.select("length", "content").collectAsList();
    assertThat(contents.get(1).isNullAt(1)).isTrue();
    assertThat(contents.get(2).getLong(0)).isEqualTo(200_003);
    assertThat(contents.get(2).<byte[]>getAs(1))
        .isEqualTo(Files.readAllBytes(images.resolve("3.jpg")));
    assertThat(contents.get(3).<byte[]>getAs(1)).containsExactly('f', 'o', 'u', 'r');
    assertThat(open(TestSettings.of(folder.resolve("0.tar"))).listing().count()).isEqualTo(4);
  }

  private static boolean isDone(List<String> command) throws Exception {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /** A tar file of so many images, which all have that label. */
  private Path shard(String name, int images, String label) throws IOException {
    Path file = folder.resolve(name);
    try (TarFile tar = TarFile.create(file)) {
      for (int image = 0; image < images; image++) {
        tar.add(image + ".jpg", name + " " + image).add(image + ".cls", label);
      }
    }
    return file;
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.select("relative_path", "label").collectAsList().stream()
        .map(row -> row.getString(0) + " " + row.getString(1))
        .toList();
  }

  private ImageInput open(TestSettings settings) throws IOException {
    return ImageInput.open(spark, settings.build(), TestSettings.MAX_BYTES, List.of());
  }
}
