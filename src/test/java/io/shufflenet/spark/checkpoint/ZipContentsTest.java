package io.shufflenet.spark.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of two entries, {@code 1} and {@code 2}, whose directory is then falsified. */
class ZipContentsTest {
  private static final byte[] FIRST = "the first content".getBytes(ISO_8859_1);
  private static final byte[] SECOND = "the second content".getBytes(ISO_8859_1);

  private static final int ENTRY_SIGNATURE = 0x02014B50;
  private static final int ENTRY_LENGTH = 46;

  /** Fields of a directory entry, from its beginning. */
  private static final int CHECKSUM = 16;

  private static final int PACKED_LENGTH = 20;
  private static final int LENGTH = 24;
  private static final int NAME_LENGTH = 28;
  private static final int HEADER = 42;

  @ParameterizedTest
  @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
  void readsStoredAndCompressedEntries(int method) throws IOException, FormatException {
    ZipContents zip = open(archive(method, FIRST, SECOND));

    assertThat(zip.names()).containsExactly("1", "2");
    assertThat(zip.content("1")).isEqualTo(ByteBuffer.wrap(FIRST));
    assertThat(zip.content("2")).isEqualTo(ByteBuffer.wrap(SECOND));
  }

  @Test
  void readsAnArchiveWithACommentAtItsEnd() throws IOException, FormatException {
    byte[] file = archive(ZipEntry.STORED, FIRST, SECOND);
    byte[] commented = Arrays.copyOf(file, file.length + 3);
    commented[file.length - 2] = 3;

    assertThat(open(commented).names()).containsExactly("1", "2");
  }

  @Test
  void readsAnArchiveThatWasWrittenWithoutChecksums() throws IOException, FormatException {
    byte[] file = archive(ZipEntry.STORED, FIRST, SECOND);

    falsify(file, 1, CHECKSUM, 0);

    assertThat(open(file).content("2")).isEqualTo(ByteBuffer.wrap(SECOND));
  }

  @Test
  void refusesABitThatFlipped() throws IOException {
    byte[] file = archive(ZipEntry.STORED, FIRST, SECOND);

    file[new String(file, ISO_8859_1).indexOf("second")] ^= 1;

    assertThatSecondIsRefused(file).hasMessage("the entry 2 of its zip archive is damaged");
  }

  @Test
  void refusesDamageInCompressedContent() throws IOException {
    byte[] file = archive(ZipEntry.DEFLATED, FIRST, SECOND);

    Arrays.fill(file, 40, 120, (byte) 0xFF);

    assertThatSecondIsRefused(file).hasMessage("the entry 2 of its zip archive is damaged");
  }

  @ParameterizedTest
  @CsvSource({
    CHECKSUM + ", 1",
    PACKED_LENGTH + ", -1",
    PACKED_LENGTH + ", 17",
    LENGTH + ", -1",
    LENGTH + ", 17",
    HEADER + ", -1",
    HEADER + ", 1",
  })
  void refusesFalseFields(int field, int value) throws IOException {
    byte[] file = archive(ZipEntry.STORED, FIRST, SECOND);

    falsify(file, 1, field, value);

    assertThatSecondIsRefused(file).hasMessage("the entry 2 of its zip archive is damaged");
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "10, 12"})
  void refusesEncryptionAndUnusualCompression(int field, int value) throws IOException {
    byte[] file = archive(ZipEntry.STORED, FIRST, SECOND);

    file[entry(file, 1) + field] = (byte) value;

    assertThatSecondIsRefused(file)
        .hasMessage(
            "the entry 2 of its zip archive is encrypted or compressed by an unusual method");
  }

  @Test
  void refusesCompressedContentThatIsLongerThanItSays() throws IOException {
    byte[] file = archive(ZipEntry.DEFLATED, FIRST, new byte[8 << 20]);

    falsify(file, 1, LENGTH, 8);

    assertThatSecondIsRefused(file).hasMessage("the entry 2 of its zip archive is damaged");
  }

  @Test
  void refusesCompressedContentThatExpandsToTooMuch() throws IOException {
    byte[] file = archive(ZipEntry.DEFLATED, FIRST, new byte[40 << 20]);

    assertThatSecondIsRefused(file)
        .hasMessageStartingWith("the entry 2 needs 41943040 bytes")
        .hasMessageEndingWith("it is damaged or made to exhaust memory");
  }

  @Test
  void refusesEntriesThatShareTheirBytes() throws IOException, FormatException {
    byte[] file = archive(ZipEntry.STORED, new byte[1000], new byte[0]);
    falsify(file, 1, PACKED_LENGTH, 1000);
    falsify(file, 1, LENGTH, 1000);
    falsify(file, 1, HEADER, 0);

    ZipContents zip = open(file);
    zip.content("1");

    assertThatThrownBy(() -> zip.content("2"))
        .hasMessage("the entry 2 of its zip archive is damaged");
  }

  @Test
  void refusesTwoEntriesOfOneName() throws IOException {
    byte[] file = archive(ZipEntry.STORED, FIRST, SECOND);

    file[entry(file, 1) + ENTRY_LENGTH] = '1';

    assertThatThrownBy(() -> open(file))
        .hasMessage("its zip archive has two entries of the name 1");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", NAME_LENGTH + ", -1"})
  void refusesADirectoryThatDoesNotHoldTogether(int field, int value) throws IOException {
    byte[] file = archive(ZipEntry.STORED, FIRST, SECOND);

    falsify(file, 1, field, value);

    assertThatThrownBy(() -> open(file)).hasMessage("the directory of its zip archive is damaged");
  }

  @Test
  void refusesADirectoryOfFewerEntriesThanItSays() throws IOException {
    byte[] file = archive(ZipEntry.STORED, FIRST, SECOND);

    file[file.length - 12] = (byte) 0xFF;

    assertThatThrownBy(() -> open(file)).hasMessage("the directory of its zip archive is damaged");
  }

  @Test
  void saysThatAnArchiveWasCutOff() throws IOException {
    byte[] file = archive(ZipEntry.STORED, FIRST, SECOND);

    assertThatThrownBy(() -> open(Arrays.copyOf(file, file.length - 1)))
        .hasMessage(
            "it begins as a zip archive, but the directory at its end is missing: it was cut off, "
                + "perhaps while it was downloaded or copied");
  }

  @Test
  void refusesToReadAnEntryThatIsMissing() throws IOException, FormatException {
    ZipContents zip = open(archive(ZipEntry.STORED, FIRST, SECOND));

    assertThatThrownBy(() -> zip.content("3")).hasMessage("its zip archive lacks the entry 3");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertThatSecondIsRefused(
      byte[] file) {
    return assertThatThrownBy(() -> open(file).content("2")).isInstanceOf(FormatException.class);
  }

  private static ZipContents open(byte[] file) throws FormatException {
    return new ZipContents(file, MemoryBudget.forFile(file.length));
  }

  private static byte[] archive(int method, byte[] first, byte[] second) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream archive = new ZipOutputStream(out)) {
      archive.putNextEntry(entry(method, "1", first));
      archive.write(first);
      archive.putNextEntry(entry(method, "2", second));
      archive.write(second);
    }
    return out.toByteArray();
  }

  private static ZipEntry entry(int method, String name, byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(method);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    return entry;
  }

  private static void falsify(byte[] file, int entry, int field, int value) {
    littleEndian(file).putInt(entry(file, entry) + field, value);
  }

  /** Where the directory's entry begins. */
  private static int entry(byte[] file, int entry) {
    ByteBuffer zip = littleEndian(file);
    int at = zip.getInt(file.length - 6);
    for (int skipped = 0; skipped < entry; skipped++) {
      at += ENTRY_LENGTH + zip.getShort(at + NAME_LENGTH) + zip.getShort(at + NAME_LENGTH + 2);
    }
    assertThat(zip.getInt(at)).isEqualTo(ENTRY_SIGNATURE);
    return at;
  }

  private static ByteBuffer littleEndian(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }
}
