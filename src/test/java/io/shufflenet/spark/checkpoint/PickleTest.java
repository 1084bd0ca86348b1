package io.shufflenet.spark.checkpoint;

import static io.shufflenet.spark.checkpoint.TestFiles.dict;
import static io.shufflenet.spark.checkpoint.TestFiles.pickle;
import static io.shufflenet.spark.checkpoint.TestFiles.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleTest {
  private static final int INST = 'i';
  private static final int OBJ = 'o';
  private static final int NEWOBJ = 0x81;
  private static final int EXT1 = 0x82;
  private static final int PERSID = 'P';

  @ParameterizedTest
  @CsvSource({
    "-1, 4affffffff2e",
    "200, 4bc82e",
    "65534, 4dfeff2e",
    "0, 8a002e",
    "-2, 8a01fe2e",
    "255, 8a02ff002e",
    "-1099511627776, 8a0600000000 00ff2e",
  })
  void readsIntegers(long expected, String pickle) throws FormatException {
    assertThat(read(pickle)).isEqualTo(expected);
  }

  @Test
  void readsIntegersThatNoLongHolds() throws FormatException {
    assertThat(read("8a09000000000000000001 2e")).isEqualTo(BigInteger.ONE.shiftLeft(64));
  }

  @Test
  void readsOtherScalars() throws FormatException {
    assertThat(read("4e2e")).isNull();
    assertThat(read("882e")).isEqualTo(true);
    assertThat(read("892e")).isEqualTo(false);
    assertThat(read("473ff80000000000002e")).isEqualTo(1.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5803000000 c3bc78 2e",
        "8c03 c3bc78 2e",
        "8d0300000000000000 c3bc78 2e",
        "5503 c3bc78 2e",
        "5403000000 c3bc78 2e"
      })
  void readsStringsOfPython2And3(String pickle) throws FormatException {
    assertThat(read(pickle)).isEqualTo("üx");
  }

  @Test
  void readsProtocol4() throws FormatException {
    String globals = text("collections") + "94" + text("OrderedDict") + "94 93 94";

    Object value =
        read("8004 95 2000000000000000" + globals + "29 52 94" + text("a") + "4b05 73 2e");

    assertThat(value).isInstanceOf(PickleDict.class);
    assertThat(((PickleDict) value).entries()).containsEntry("a", 5L);
  }

  @Test
  void readsAnOrderedDictOfPython2() throws FormatException {
    byte[] pickle =
        pickle(
            writer -> {
              writer.global("collections", "OrderedDict");
              raw(Opcode.EMPTY_LIST, Opcode.BINPUT, 1, Opcode.EMPTY_LIST).accept(writer);
              raw(Opcode.MARK).accept(writer);
              writer.text("weight");
              writer.integer(3);
              raw(Opcode.APPENDS, Opcode.APPEND, Opcode.TUPLE1, Opcode.REDUCE).accept(writer);
            });

    assertThat(((PickleDict) read(pickle)).entries()).containsEntry("weight", 3L).hasSize(1);
  }

  @Test
  void readsWhatOptimizersAndNumPyLeave() throws FormatException {
    byte[] pickle =
        dict(
            "best",
            writer -> {
              writer.global("numpy.core.multiarray", "scalar");
              writer.global("numpy", "dtype");
              writer.text("f8");
              raw(Opcode.TUPLE1, Opcode.REDUCE, Opcode.EMPTY_TUPLE, Opcode.BUILD).accept(writer);
              writer.global("_codecs", "encode");
              raw(Opcode.EMPTY_TUPLE, Opcode.REDUCE).accept(writer);
              raw(Opcode.TUPLE2, Opcode.REDUCE).accept(writer);
            });

    assertThat(((PickleDict) read(pickle)).entries()).containsEntry("best", Opaque.VALUE);
  }

  @Test
  void leavesTheBufferBehindThePickle() throws FormatException {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("80024b012e77"));

    PickleMachine.read(bytes);

    assertThat(bytes.get()).isEqualTo((byte) 'w');
  }

  @ParameterizedTest
  @CsvSource({"argparse, Namespace", "os, system", "builtins, eval", "torch, load", "torch, nn"})
  void refusesAPickleThatNamesAnUnknownClass(String module, String name) {
    byte[] pickle = pickle(writer -> writer.global(module, name));

    assertThatRefused(pickle)
        .hasMessageContaining("it names the Python object " + module + "." + name)
        .hasMessageContaining("nothing was executed");
  }

  @Test
  void refusesAnUnknownClassOfProtocol4() {
    assertThatRefused(hex("8004" + text("posix") + text("system") + "93 2e"))
        .hasMessageContaining("it names the Python object posix.system");
  }

  @Test
  void showsOnlyTheBeginningOfALongClassName() {
    byte[] pickle = pickle(writer -> writer.global("m", "\u0007" + "x".repeat(100_000)));

    assertThatRefused(pickle)
        .hasMessageContaining("m.?xxx")
        .extracting(Throwable::getMessage, STRING)
        .hasSizeLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(ints = {INST, OBJ, NEWOBJ, EXT1, PERSID, 0})
  void refusesInstructionsThatTorchSaveDoesNotWrite(int opcode) {
    assertThatRefused(pickle(raw(opcode)))
        .hasMessage(
            "its pickle has an instruction that torch.save does not write: 0x%02X at byte 2"
                .formatted(opcode));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 255})
  void refusesOtherProtocols(int protocol) {
    assertThatRefused(new byte[] {(byte) Opcode.PROTO, (byte) protocol, 'N', '.'})
        .hasMessage("its pickle has protocol %d, where 2 to 5 are read".formatted(protocol));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "8002",
        "58ffffff7f 61 2e",
        "58ffffffff 61 2e",
        "8dffffffffffffff7f 61 2e",
        "8dffffffffffffffff 61 2e",
        "8effffffffffffffff 2e",
        "96ffffffff00000000 2e",
        "95ffffffffffffff7f 4e 2e",
        "8aff01 2e",
        "47 2e",
        "63 6f73 2e"
      })
  void refusesLengthsBeyondTheEndBeforeItAllocates(String pickle) {
    assertThatRefused(hex(pickle)).hasMessageContaining("its pickle ends early, at byte");
  }

  @ParameterizedTest
  @CsvSource({
    "2e, an instruction lacks its operand",
    "28 2e, an instruction lacks its operand",
    "4e 28 61 2e, an instruction lacks its operand",
    "5d 28 61 2e, an instruction lacks its operand",
    "74 2e, a collection ends that never began",
    "4b01 4b02 61 2e, it appends to a number",
    "5d 4b01 4b02 73 2e, it sets items of a list of 0",
    "7d 28 4b01 75 2e, it sets items of a dictionary of 0",
    "5d 29 62 2e, it sets attributes of a list of 0",
    "4b01 29 52 2e, it calls a number",
    "4b01 4b02 93 2e, a class has no name",
    "6800 2e, 'it refers to a missing value, number 0'",
    "6affffffff 2e, 'it refers to a missing value, number -1'",
    "4e 72ffffff7f 2e, it skips to value number 2147483647",
    "4e 51 2e, a storage is made of a None",
    "29 51 2e, it refers to something that is no storage",
  })
  void refusesDamage(String pickle, String reason) {
    assertThatRefused(hex(pickle)).hasMessage("its pickle is damaged: " + reason);
  }

  @Test
  void refusesToCallAKnownClassWithOtherArguments() {
    byte[] pickle =
        pickle(
            writer -> {
              writer.global("torch._utils", "_rebuild_tensor_v2");
              raw(Opcode.EMPTY_TUPLE, Opcode.REDUCE).accept(writer);
            });

    assertThatRefused(pickle)
        .hasMessage(
            "its pickle is damaged: torch._utils._rebuild_tensor_v2 has nothing as argument 0");
  }

  @Test
  void refusesKeysThatWouldHaveToBeHashedAsAWhole() {
    byte[] pickle = pickle(raw(Opcode.EMPTY_DICT, Opcode.EMPTY_TUPLE, Opcode.NONE, Opcode.SETITEM));

    assertThatRefused(pickle)
        .hasMessage(
            "a dictionary has a tuple of 0 as a key, where only strings and numbers are read");
  }

  @Test
  void readsTuplesNestedToAnyDepth() throws FormatException {
    byte[] pickle =
        pickle(
            writer -> {
              writer.instruction(Opcode.EMPTY_TUPLE);
              for (int depth = 0; depth < 450_000; depth++) {
                writer.instruction(Opcode.TUPLE1);
              }
            });

    assertThat(Description.kind(read(pickle))).isEqualTo("tuple of 1");
  }

  @Test
  void readsContainersThatContainThemselves() throws FormatException {
    byte[] pickle =
        pickle(raw(Opcode.EMPTY_LIST, Opcode.BINPUT, 0, Opcode.BINGET, 0, Opcode.APPEND));

    PickleList list = (PickleList) read(pickle);

    assertThat(list.items().get(0)).isSameAs(list);
  }

  @Test
  void refusesMoreInstructionsThanACheckpointTakes() {
    byte[] pickle =
        pickle(
            writer -> {
              for (int count = 0; count < 500_001; count++) {
                writer.instruction(Opcode.EMPTY_DICT);
              }
            });

    assertThatRefused(pickle).hasMessage("its pickle takes more than 500000 steps");
  }

  @Test
  void countsCopiesOfALargeDictionary() {
    byte[] pickle =
        pickle(
            writer -> {
              writer.global("collections", "OrderedDict");
              raw(Opcode.BINPUT, 0, Opcode.EMPTY_LIST, Opcode.MARK).accept(writer);
              for (int entry = 0; entry < 10_000; entry++) {
                raw(Opcode.EMPTY_LIST, Opcode.MARK).accept(writer);
                writer.text("key" + entry);
                raw(Opcode.NONE, Opcode.APPENDS).accept(writer);
              }
              raw(Opcode.APPENDS, Opcode.TUPLE1, Opcode.BINPUT, 1, Opcode.REDUCE).accept(writer);
              for (int copy = 0; copy < 1_000; copy++) {
                raw(Opcode.BINGET, 0, Opcode.BINGET, 1, Opcode.REDUCE).accept(writer);
              }
            });

    assertThatRefused(pickle).hasMessage("its pickle takes more than 500000 steps");
  }

  @Test
  void refusesAPickleOfMoreThan16MiB() {
    byte[] pickle = pickle(writer -> writer.text("x".repeat(16 << 20)));

    assertThatRefused(pickle).hasMessage("its pickle is longer than 16777216 bytes");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertThatRefused(byte[] pickle) {
    return assertThatThrownBy(() -> read(pickle)).isInstanceOf(FormatException.class);
  }

  private static Object read(String pickle) throws FormatException {
    return read(hex(pickle));
  }

  private static Object read(byte[] pickle) throws FormatException {
    return PickleMachine.read(ByteBuffer.wrap(pickle)).value();
  }

  private static byte[] hex(String bytes) {
    return HexFormat.of().parseHex(bytes.replace(" ", ""));
  }

  /** SHORT_BINUNICODE, in hexadecimal. */
  private static String text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "8c%02x%s".formatted(bytes.length, HexFormat.of().formatHex(bytes));
  }
}
