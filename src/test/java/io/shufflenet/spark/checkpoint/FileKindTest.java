package io.shufflenet.spark.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {
  @ParameterizedTest
  @CsvSource({
    GoldenFiles.ZIP + ", ZIP",
    GoldenFiles.BARE + ", ZIP",
    GoldenFiles.LEGACY + ", LEGACY",
  })
  void tellsTheFormatsOfPyTorchApart(String file, FileKind expected) throws FormatException {
    assertThat(FileKind.of(GoldenFiles.bytes(file))).isEqualTo(expected);
  }

  @Test
  void saysThatAFileIsEmpty() {
    assertThatRefused(new byte[0]).hasMessage("the file is empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1f8b0800 | it is a gzip archive; unpack it first",
        "425a6839 | it is a bzip2 archive; unpack it first",
        "fd377a585a00 | it is an xz archive; unpack it first",
        "28b52ffd04 | it is a Zstandard archive; unpack it first",
        "377abcaf271c | it is a 7z archive; unpack it first",
        "526172211a07 | it is a RAR archive; unpack it first",
        "894844460d0a1a0a | it is an HDF5 file, such as Keras writes",
        "934e554d50590100 | it is a NumPy array",
        "80049504 | it is a Python pickle, but torch.save did not write it",
        "80 | it is a Python pickle, but torch.save did not write it",
        "08000000000000007b2261223a317d20 | it is a safetensors file",
        "ff000000000000007b2261223a317d20 | it is neither a zip archive nor a pickle",
        "00000000 | it is neither a zip archive nor a pickle",
      })
  void saysWhatAnotherBinaryFileIs(String start, String reason) {
    assertThatRefused(HexFormat.of().parseHex(start)).hasMessageStartingWith(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<!DOCTYPE html><html> | it is a web page (HTML), perhaps an error or login page",
        "<HTML><head> | it is a web page (HTML), perhaps an error or login page",
        "version https://git-lfs.github.com/spec/v1 | it is a Git LFS pointer and not the file",
        "404: Not Found | it is a text file that begins with: 404: Not Found",
      })
  void saysWhatATextFileIs(String text, String reason) {
    assertThatRefused((text + "\n").getBytes(ISO_8859_1)).hasMessageStartingWith(reason);
  }

  @Test
  void saysThatATarArchiveIsNoCheckpointWhateverItsName() {
    byte[] tar = new byte[1024];
    System.arraycopy("ustar".getBytes(ISO_8859_1), 0, tar, 257, 5);

    assertThatRefused(tar)
        .hasMessage("it is a tar archive (checkpoints named .pth.tar are none); unpack it first");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertThatRefused(byte[] file) {
    return assertThatThrownBy(() -> FileKind.of(file)).isInstanceOf(FormatException.class);
  }
}
