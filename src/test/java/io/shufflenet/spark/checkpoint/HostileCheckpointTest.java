package io.shufflenet.spark.checkpoint;

import static io.shufflenet.spark.checkpoint.TestFiles.dict;
import static io.shufflenet.spark.checkpoint.TestFiles.floats;
import static io.shufflenet.spark.checkpoint.TestFiles.legacy;
import static io.shufflenet.spark.checkpoint.TestFiles.pickle;
import static io.shufflenet.spark.checkpoint.TestFiles.view;
import static io.shufflenet.spark.checkpoint.TestFiles.zip;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileCheckpointTest {
  private static final byte[] WEIGHT = dict("weight", view(2, 0, new long[] {2}, new long[] {1}));

  @ParameterizedTest
  @CsvSource({
    "1, storage 0 ends early",
    "10, storage 0 ends early",
    "30, its pickle ends early",
    "150, its pickle ends early"
  })
  void saysThatAFileOfTheOldFormatWasCutOff(int missing, String reason) {
    byte[] file = legacy(WEIGHT, 2, floats(1, 2));

    assertThatRefused(Arrays.copyOf(file, file.length - missing)).hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 3, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 62})
  void refusesAFalseLengthInTheOldFormat(long elements) {
    assertThatRefused(legacy(WEIGHT, elements, floats(1, 2)))
        .hasMessageContaining("storage 0 ends early: the file is cut off or damaged");
  }

  @Test
  void refusesAZipArchiveThatIsNoCheckpoint() {
    assertThatRefused(zip(Map.of("weights.npy", new byte[3])))
        .hasMessageContaining("it is a zip archive, but not one that torch.save writes")
        .hasMessageContaining("its entries are: archive/weights.npy");
  }

  @Test
  void refusesATorchScriptProgram() {
    assertThatRefused(zip(Map.of("data.pkl", WEIGHT, "constants.pkl", WEIGHT)))
        .hasMessageContaining("it is a TorchScript program (torch.jit.save) and no checkpoint");
  }

  @Test
  void refusesBigEndianNumbers() {
    assertThatRefused(zip(Map.of("data.pkl", WEIGHT, "byteorder", "big".getBytes(ISO_8859_1))))
        .hasMessageContaining("in the byte order 'big', where 'little' is read");
  }

  @Test
  void namesTheClassThatStandsBesideTheStateDict() {
    byte[] pickle = dict("args", writer -> writer.global("argparse", "Namespace"));

    assertThatRefused(zip(pickle))
        .hasMessage(
            "Cannot read checkpoint x.pth.tar: it names the Python object argparse.Namespace, "
                + "which is none of the few that a checkpoint of plain tensors needs; nothing was "
                + "executed. In Python, load the file if you trust it, and save the tensors alone: "
                + "torch.save({'state_dict': model.state_dict()}, new_file)");
  }

  @Test
  void refusesASmallFileThatExpandsToAGigabyte() {
    byte[] pickle = dict("weight", view(2, 0, new long[] {1 << 28}, new long[] {0}));

    assertThatRefused(zip(pickle, floats(1, 2)))
        .hasMessageContaining("tensor weight needs 1073741824 bytes");
  }

  @Test
  void refusesManyTensorsThatTogetherExpandToTooMuch() {
    byte[] pickle =
        pickle(
            writer -> {
              writer.instruction(Opcode.EMPTY_DICT);
              for (int key = 0; key < 1000; key++) {
                writer.text("w" + key);
                view(2, 0, new long[] {1 << 20}, new long[] {0}).accept(writer);
                writer.instruction(Opcode.SETITEM);
              }
            });

    assertThatRefused(zip(pickle, floats(1, 2)))
        .hasMessageContaining("tensor w4 needs 4194304 bytes")
        .hasMessageContaining("damaged or made to exhaust memory");
  }

  @Test
  void refusesAShapeThatNoArrayHolds() {
    long[] shape = {1L << 31, 1L << 31, 1L << 31};

    assertThatRefused(zip(dict("weight", view(2, 0, shape, new long[3])), floats(1, 2)))
        .hasMessageContaining("tensor weight is too large");
  }

  @Test
  void refusesAStorageThatExpandsToTooMuch() throws IOException {
    byte[] pickle = dict("weight", view(10 << 20, 0, new long[] {2}, new long[] {1}));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream archive = new ZipOutputStream(out)) {
      archive.putNextEntry(new ZipEntry("a/data.pkl"));
      archive.write(pickle);
      archive.putNextEntry(new ZipEntry("a/data/0"));
      archive.write(new byte[40 << 20]);
    }

    assertThatRefused(out.toByteArray())
        .hasMessageContaining("the entry a/data/0 needs 41943040 bytes");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertThatRefused(byte[] file) {
    return assertThatThrownBy(() -> Checkpoint.read(file, "x.pth.tar"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("Cannot read checkpoint x.pth.tar: ");
  }
}
