package io.shufflenet.spark.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bytes of a written checkpoint against those that {@code torch.save} writes. */
class CheckpointLayoutTest {
  private static final int ALIGNMENT = 64;

  /** Of the network of the golden file. */
  private static final int STORAGES = 295;

  private Archive reference;
  private Archive written;

  @BeforeEach
  void writeTheTensorsOfTheGoldenFile() throws FormatException, IOException {
    reference = Archive.of(GoldenFiles.bytes(GoldenFiles.ZIP));
    written = Archive.of(write(Map.of("state_dict", GoldenFiles.tensors("0.5x-g3"))));
  }

  @Test
  void hasTheReferencesEntriesAndTheByteOrderOfNewerReleases() {
    List<String> expected = new ArrayList<>(reference.names());
    expected.add("byteorder");

    assertThat(written.names()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void beginsWithThePickleAndEndsWithTheVersion() {
    assertThat(reference.names()).startsWith("data.pkl").endsWith("version");
    assertThat(written.names()).startsWith("data.pkl", "byteorder", "data/0").endsWith("version");
  }

  @Test
  void ordersStoragesAsThePickleRefersToThem() {
    assertThat(written.names().subList(2, 2 + STORAGES))
        .containsExactlyElementsOf(storageNames(STORAGES));
  }

  @Test
  void storesEveryEntryWithoutCompression() {
    assertThat(reference.methods()).containsOnly(ArchiveEntry.STORED);
    assertThat(written.methods()).containsOnly(ArchiveEntry.STORED);
  }

  @Test
  void alignsContentsSoThatTheyCanBeMapped() {
    assertThat(reference.offsets()).allMatch(offset -> offset % ALIGNMENT == 0);
    assertThat(written.offsets()).allMatch(offset -> offset % ALIGNMENT == 0);
  }

  @Test
  void storesTheReferencesBytes() throws FormatException {
    List<String> names = storageNames(STORAGES);
    names.add("version");

    for (String name : names) {
      assertThat(written.content(name)).as(name).isEqualTo(reference.content(name));
    }
  }

  @Test
  void saysThatItsNumbersAreLittleEndian() throws FormatException {
    assertThat(written.content("byteorder"))
        .isEqualTo(ByteBuffer.wrap("little".getBytes(ISO_8859_1)));
  }

  @Test
  void numbersStoragesOverAllSections() throws FormatException, IOException {
    Tensor weight = Tensor.ofFloats(new float[] {1, 2}, 2);
    Map<String, Map<String, Tensor>> sections = new LinkedHashMap<>();
    sections.put("state_dict", Map.of("weight", weight));
    sections.put("training", Map.of("iteration", Tensor.ofLong(5)));

    Archive archive = Archive.of(write(sections));

    assertThat(archive.names())
        .containsExactly("data.pkl", "byteorder", "data/0", "data/1", "version");
    assertThat(archive.content("data/0")).isEqualTo(ByteBuffer.wrap(weight.content()));
    assertThat(archive.content("data/1")).isEqualTo(ByteBuffer.wrap(Tensor.ofLong(5).content()));
  }

  /** The instructions are some of those that PyTorch's unpickler for weights alone knows. */
  @Test
  void needsNothingThatLoadingOfWeightsAloneRefuses() throws FormatException, IOException {
    Map<String, Map<String, Tensor>> sections = new LinkedHashMap<>();
    sections.put("state_dict", GoldenFiles.tensors("0.5x-g3"));
    sections.put("momentum", GoldenFiles.tensors("0.5x-g8"));

    Instructions pickle = Instructions.of(Archive.of(write(sections)).content("data.pkl"));

    assertThat(pickle.argumentless)
        .containsExactlyInAnyOrder(
            Opcode.EMPTY_DICT,
            Opcode.EMPTY_TUPLE,
            Opcode.MARK,
            Opcode.TUPLE,
            Opcode.NEWFALSE,
            Opcode.BINPERSID,
            Opcode.REDUCE,
            Opcode.SETITEM,
            Opcode.SETITEMS,
            Opcode.STOP);
    assertThat(pickle.globals)
        .containsExactlyInAnyOrder(
            "collections OrderedDict",
            "torch._utils _rebuild_tensor_v2",
            "torch FloatStorage",
            "torch LongStorage");
  }

  private static byte[] write(Map<String, Map<String, Tensor>> sections) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckpointWriter.write(sections, out);
    return out.toByteArray();
  }

  private static List<String> storageNames(int count) {
    List<String> names = new ArrayList<>();
    for (int key = 0; key < count; key++) {
      names.add("data/" + key);
    }
    return names;
  }

  /** A zip archive's entries, named without the folder that they are all in. */
  private record Archive(ByteBuffer bytes, ZipContents zip, List<ArchiveEntry> entries) {
    static Archive of(byte[] file) throws FormatException {
      ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
      ZipContents zip = new ZipContents(file, MemoryBudget.forFile(file.length));
      return new Archive(bytes, zip, List.copyOf(ZipDirectory.read(bytes).values()));
    }

    List<String> names() {
      return entries.stream().map(entry -> entry.name().substring(folder().length())).toList();
    }

    List<Integer> methods() {
      return entries.stream().map(ArchiveEntry::method).toList();
    }

    /** Where the contents begin. */
    List<Integer> offsets() {
      return entries.stream().map(this::offset).toList();
    }

    ByteBuffer content(String name) throws FormatException {
      return zip.content(folder() + name);
    }

    private int offset(ArchiveEntry entry) {
      int header = Math.toIntExact(entry.header());
      return header + 30 + bytes.getShort(header + 26) + bytes.getShort(header + 28);
    }

    private String folder() {
      String first = entries.get(0).name();
      return first.substring(0, first.indexOf('/') + 1);
    }
  }

  /** What a pickle is made of, of the few instructions that a checkpoint needs. */
  private static final class Instructions {
    final Set<Integer> argumentless = new HashSet<>();
    final Set<String> globals = new HashSet<>();
    private final ByteBuffer pickle;

    private Instructions(ByteBuffer pickle) {
      this.pickle = pickle.order(ByteOrder.LITTLE_ENDIAN);
    }

    static Instructions of(ByteBuffer pickle) {
      Instructions instructions = new Instructions(pickle);
      while (instructions.pickle.hasRemaining()) {
        instructions.next();
      }
      return instructions;
    }

    private void next() {
      int opcode = Byte.toUnsignedInt(pickle.get());
      switch (opcode) {
        case Opcode.PROTO -> assertThat(pickle.get()).isEqualTo((byte) 2);
        case Opcode.BININT -> skip(Integer.BYTES);
        case Opcode.LONG1 -> skip(pickle.get());
        case Opcode.BINUNICODE -> skip(pickle.getInt());
        case Opcode.GLOBAL -> globals.add(line() + " " + line());
        default -> argumentless.add(opcode);
      }
    }

    private void skip(int bytes) {
      pickle.position(pickle.position() + bytes);
    }

    private String line() {
      int start = pickle.position();
      int end = start;
      while (pickle.get(end) != '\n') {
        end++;
      }
      byte[] line = new byte[end - start];
      pickle.get(line).get();
      return new String(line, ISO_8859_1);
    }
  }
}
