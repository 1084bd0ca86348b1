package io.shufflenet.spark.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes checkpoints in the zip format of {@code torch.save}. */
public final class CheckpointWriter {
  private static final String FORMAT_VERSION = "3\n";

  private CheckpointWriter() {}

  /**
   * Writes {@code {'state_dict': OrderedDict(...)}} in the map's order, for {@code torch.load(...,
   * weights_only=True)} and for {@link Checkpoint}. The same tensors give the same bytes. The
   * stream stays open.
   */
  public static void write(Map<String, Tensor> stateDict, OutputStream out) throws IOException {
    try (TorchArchiveWriter archive = new TorchArchiveWriter(out, "archive")) {
      archive.entry("data.pkl", pickle(stateDict));
      archive.entry("byteorder", "little");
      int key = 0;
      for (Tensor tensor : stateDict.values()) {
        archive.entry("data/" + key, tensor.content());
        key++;
      }
      archive.entry("version", FORMAT_VERSION);
    }
  }

  private static byte[] pickle(Map<String, Tensor> stateDict) {
    PickleWriter pickle = new PickleWriter();
    pickle.instruction(Opcode.EMPTY_DICT);
    pickle.text("state_dict");
    pickle.orderedDict();
    pickle.instruction(Opcode.MARK);
    int key = 0;
    for (Map.Entry<String, Tensor> entry : stateDict.entrySet()) {
      pickle.text(entry.getKey());
      pickle.tensor(entry.getValue(), Integer.toString(key));
      key++;
    }
    pickle.instruction(Opcode.SETITEMS);
    pickle.instruction(Opcode.SETITEM);
    return pickle.stop();
  }
}
