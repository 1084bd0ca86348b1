package io.shufflenet.spark.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The format of PyTorch since 1.6: a zip archive of {@code NAME/data.pkl}, the pickled object,
 * {@code NAME/data/KEY}, a storage each, and {@code NAME/byteorder}, which older versions leave
 * out.
 */
final class TorchArchive implements TorchFile {
  private static final String PICKLE = "data.pkl";

  private final ZipContents zip;
  private final String folder;
  private final Object root;

  private TorchArchive(ZipContents zip, String folder) throws FormatException {
    this.zip = zip;
    this.folder = folder;
    requireNoProgram();
    requireLittleEndian();
    this.root = PickleMachine.read(zip.content(folder + PICKLE)).value();
  }

  static TorchArchive read(byte[] file, MemoryBudget budget) throws FormatException {
    ZipContents zip = new ZipContents(file, budget);
    return new TorchArchive(zip, folder(zip));
  }

  @Override
  public Object root() {
    return root;
  }

  @Override
  public ByteBuffer bytes(String storageKey) throws FormatException {
    return zip.content(folder + "data/" + storageKey);
  }

  /** The folder in the archive that everything is in, with a slash at its end, or nothing. */
  private static String folder(ZipContents zip) throws FormatException {
    List<String> pickles =
        zip.names().stream()
            .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
            .toList();
    if (pickles.size() != 1) {
      throw new FormatException(
          ("it is a zip archive, but not one that torch.save writes: it has %d entries %s; "
                  + "its entries are: %s")
              .formatted(pickles.size(), PICKLE, Description.names(zip.names())));
    }
    String pickle = pickles.get(0);
    return pickle.substring(0, pickle.length() - PICKLE.length());
  }

  private void requireNoProgram() throws FormatException {
    if (zip.names().contains(folder + "constants.pkl")) {
      throw new FormatException(
          "it is a TorchScript program (torch.jit.save) and no checkpoint; in Python, save its "
              + "weights: torch.save(torch.jit.load(file).state_dict(), new_file)");
    }
  }

  private void requireLittleEndian() throws FormatException {
    String entry = folder + "byteorder";
    if (!zip.names().contains(entry)) {
      return;
    }
    String order = StandardCharsets.UTF_8.decode(zip.content(entry)).toString().strip();
    if (!order.equals("little")) {
      throw new FormatException(
          "its numbers are stored in the byte order '%s', where 'little' is read"
              .formatted(Description.text(order)));
    }
  }
}
