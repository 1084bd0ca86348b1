package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.shufflenet.spark.TarFile;
import io.shufflenet.spark.dataset.ShardSelection.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShardReaderTest {
  private static final int MAX_BYTES = 5000;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("0.tar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.tar", "0.tar.gz", "0.TGZ"})
  void readsBytesAndLabelsInTheirOrder(String name) throws IOException {
    file = folder.resolve(name);
    try (TarFile tar = TarFile.create(file)) {
      tar.add("a/1.cls", "7\n").add("a/1.jpg", "one").add("a/1.txt", "a caption");
      tar.add("a/2.JPG", "two").add("a/2.json", "{}").add("a/2.cls", " 12 ");
      tar.add("3.png", "");
    }

    assertThat(read()).containsExactly("a/1.jpg 3 7 one", "a/2.JPG 3 12 two", "3.png 0 null ");
  }

  @Test
  void listsTheSameWithoutBytes() throws IOException {
    try (TarFile tar = TarFile.create(file)) {
      tar.add("1.jpg", new byte[3000]).add("1.cls", "7").add("2.jpg", new byte[MAX_BYTES + 1]);
    }

    assertThat(texts(List.of(), Content.NONE))
        .containsExactly("1.jpg 3000 7 null", "2.jpg 5001 null null");
  }

  @Test
  void takesEveryImageOfASampleAndNothingElse() throws IOException {
    try (TarFile tar = TarFile.create(file)) {
      tar.add("1.jpg", "a").add("1.left.jpg", "b").add("1.cls", "7").add("1.heic", "c");
      tar.add("1.npy", "no").add("jpg", "no").add("2.txt", "no").add("__MACOSX/1.jpg", "no");
      tar.add("._3.jpg", "no").add("3.jpg.txt", "no").add("d.jpg/", TarConstants.LF_DIR, "");
      tar.add("4.jpg", TarConstants.LF_FIFO, "");
    }

    assertThat(read()).containsExactly("1.jpg 1 7 a", "1.left.jpg 1 7 b", "1.heic 1 7 c");
    assertThat(texts(List.of("left.jpg", "npy"), Content.BYTES))
        .containsExactly("1.left.jpg 1 7 b", "1.npy 2 7 no");
  }

  @Test
  void givesNoSampleTheLabelOfAnother() throws IOException {
    try (TarFile tar = TarFile.create(file)) {
      tar.add("1.cls", "1").add("2.jpg", "two").add("3.jpg", "three").add("3.cls", "");
      tar.add("1.jpg", "one").add("d/3.cls", "3").add("3.png", "four");
    }

    assertThat(read())
        .containsExactly(
            "2.jpg 3 null two", "3.jpg 5 null three", "1.jpg 3 null one", "3.png 4 null four");
  }

  @Test
  void keepsNamesAsTheyAre() throws IOException {
    String longName = "long/".repeat(60) + "\u00fcn\u00efc\u00f6de \u5199\u771f.jpg";
    List<String> names =
        List.of("./1.jpg", "../2.jpg", "/etc/3.jpg", "a\nb.jpg", "a//b.jpg", "same.jpg", longName);
    try (TarFile tar = TarFile.create(file)) {
      for (String name : names) {
        tar.add(name, "x");
      }
      tar.add("same.jpg", "y").withLongNamesOfGnu().add(longName + ".png", "z");
    }

    List<String> expected = new ArrayList<>(names);
    expected.addAll(List.of("same.jpg", longName + ".png"));
    assertThat(images(List.of(), Content.BYTES))
        .extracting(ShardImage::name)
        .containsExactlyElementsOf(expected);
  }

  @Test
  void linksAreImagesWithoutBytes() throws IOException {
    try (TarFile tar = TarFile.create(file)) {
      tar.add("1.jpg", "one").add("1.cls", "1");
      tar.add("2.jpg", TarConstants.LF_LINK, "1.jpg").add("2.cls", "2");
      tar.add("3.jpg", TarConstants.LF_SYMLINK, "../../etc/hostname");
      tar.add("images", TarConstants.LF_SYMLINK, "/data");
    }

    assertThat(read())
        .containsExactly("1.jpg 3 1 one", "2.jpg null 2 null", "3.jpg null null null");
  }

  @Test
  void whatIsTooLongIsNotRead() throws IOException {
    try (TarFile tar = TarFile.create(file)) {
      tar.add("1.jpg", new byte[MAX_BYTES + 1]).add("1.cls", "1").add("2.jpg", "two");
    }

    assertThat(read()).containsExactly("1.jpg 5001 1 null", "2.jpg 3 null two");
  }

  @Test
  void imagesWaitForTheirLabelWhileTheyAreFew() throws IOException {
    try (TarFile tar = TarFile.create(file)) {
      for (int image = 0; image < 50; image++) {
        tar.add("frame.%02d.jpg".formatted(image), new byte[1000]);
      }
    }
    assertThat(images(List.of(), Content.BYTES))
        .hasSize(50)
        .allMatch(image -> image.label() == null && image.bytes().length == 1000);

    Path labelled = folder.resolve("1.tar");
    try (TarFile tar = TarFile.create(labelled)) {
      for (int image = 0; image < 50; image++) {
        tar.add("frame.%02d.jpg".formatted(image), new byte[1000]);
      }
      tar.add("frame.cls", "3");
    }
    file = labelled;
    assertThatThrownBy(this::read)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Cannot read shard file:" + labelled + " at byte ")
        .hasMessageContaining("the label of frame comes after more than 5,000 bytes of its images");
  }

  @Test
  void anEmptyTarFileHasNoImages() throws IOException {
    TarFile.create(file).close();

    assertThat(read()).isEmpty();
  }

  /** Cut off anywhere but in the zeros behind its end mark, it would look like a smaller one. */
  @Test
  void whereverItIsCutOffNoImageGetsLost() throws IOException {
    List<String> whole = writeSome();
    byte[] bytes = Files.readAllBytes(file);
    int end = 512 * (3 * 2 + 3);

    for (int length = 0; length < bytes.length; length += 64) {
      Files.write(file, Arrays.copyOf(bytes, length));
      if (length < end + 512) {
        assertThatThrownBy(this::read)
            .as("%d bytes", length)
            .isInstanceOf(UncheckedIOException.class)
            .hasMessageContaining("Cannot read shard file:" + file + " at byte ");
        assertThat(catchThrowable(() -> texts(List.of(), Content.NONE)))
            .as("%d bytes", length)
            .isInstanceOf(UncheckedIOException.class);
      } else {
        assertThat(read()).isEqualTo(whole);
      }
    }
  }

  @Test
  void whereverAHeaderIsDamagedNoImageGetsLost() throws IOException {
    List<String> whole = writeSome();
    byte[] bytes = Files.readAllBytes(file);

    for (int position = 0; position < 512; position++) {
      byte[] damaged = bytes.clone();
      damaged[position] ^= 0x41;
      Files.write(file, damaged);
      try {
        assertThat(read()).isEqualTo(whole);
      } catch (UncheckedIOException e) {
        assertThat(e).hasMessageContaining("Cannot read shard file:" + file + " at byte ");
      }
    }
  }

  @Test
  void whatIsPutBehindItsEndIsNotPassedOver() throws IOException {
    writeSome();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, bytes, StandardOpenOption.APPEND);

    assertThatThrownBy(this::read)
        .hasMessageContaining("it was cut off, or something was put behind its end");

    Files.write(file, Arrays.copyOf(bytes, 512 * 10)); // the first of two records of zeros
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      out.write(bytes);
    }
    assertThatThrownBy(this::read)
        .hasMessageContaining("it was cut off, or something was put behind its end");
  }

  @Test
  void aPackedFileThatIsCutOffIsToldOf() throws IOException {
    file = folder.resolve("0.tar.gz");
    writeSome();
    byte[] bytes = Files.readAllBytes(file);

    for (int length : List.of(0, 5, bytes.length / 2, bytes.length - 1)) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThat(catchThrowable(this::read))
          .isInstanceOfAny(UncheckedIOException.class, IOException.class)
          .hasMessageContaining("Cannot read shard file:" + file + " at byte ")
          .hasMessageContaining(" (unpacked)");
    }
  }

  @Test
  void whatIsNoTarFileIsToldOf() throws IOException {
    Files.writeString(file, "<html>404</html>".repeat(1000));

    assertThatThrownBy(this::read)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Cannot read shard file:" + file + " at byte 512: ");
  }

  /** GNU's tar stores long names as the bytes of a member, which may claim any length. */
  @Test
  void anEndlessNameIsNotReadIntoMemory() throws IOException {
    try (TarFile tar = TarFile.create(file)) {
      tar.add("longer", TarConstants.LF_GNUTYPE_LONGNAME, new byte[3 << 20]).add("1.jpg", "x");
    }

    assertThatThrownBy(this::read).hasMessageContaining("a header has more than 1048576 bytes");
  }

  @Test
  void whatTimesOutWhenItIsOpenedIsTriedAgain() throws IOException {
    file = folder.resolve("twice-0.tar");
    List<String> expected = writeSome();
    Configuration hadoop = FlakyFileSystem.configuration();
    InputLocation location = InputLocation.of("flaky:" + file, "input.path", hadoop);

    assertThat(images(location, hadoop, List.of(), Content.BYTES))
        .extracting(ShardReaderTest::text)
        .isEqualTo(expected);
    assertThat(FlakyFileSystem.OPENED).hasValue(3);
  }

  private List<String> writeSome() throws IOException {
    try (TarFile tar = TarFile.create(file)) {
      tar.add("1.cls", "1").add("1.jpg", "first").add("2.jpg", new byte[600]);
      tar.add("3.jpg", "third");
    }
    return read();
  }

  private List<String> read() throws IOException {
    return texts(List.of(), Content.BYTES);
  }

  private List<String> texts(List<String> endings, Content content) throws IOException {
    return images(endings, content).stream().map(ShardReaderTest::text).toList();
  }

  private List<ShardImage> images(List<String> endings, Content content) throws IOException {
    Configuration hadoop = new Configuration();
    InputLocation location = InputLocation.of(file.toString(), "input.path", hadoop);
    return images(location, hadoop, endings, content);
  }

  private static List<ShardImage> images(
      InputLocation location, Configuration hadoop, List<String> endings, Content content)
      throws IOException {
    Shard shard = Shard.of(new FolderFile(location.status(), "0.tar"));
    ShardSelection selection = new ShardSelection(endings, MAX_BYTES, content);
    try (ShardReader reader = ShardReader.open(shard, selection, hadoop)) {
      return reader.stream().toList();
    }
  }

  private static String text(ShardImage image) {
    String bytes =
        image.bytes() == null ? "null" : new String(image.bytes(), StandardCharsets.UTF_8);
    return String.join(
        " ", image.name(), String.valueOf(image.length()), String.valueOf(image.label()), bytes);
  }
}
