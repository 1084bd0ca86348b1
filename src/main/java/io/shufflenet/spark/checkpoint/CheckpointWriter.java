package io.shufflenet.spark.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** Writes checkpoints in the zip format of {@code torch.save}. */
public final class CheckpointWriter {
  private static final String FORMAT_VERSION = "3\n";

  private CheckpointWriter() {}

  /**
   * Writes a dictionary of sections, such as {@code {'state_dict': OrderedDict(...), 'momentum':
   * OrderedDict(...)}}, in the maps' order, for {@code torch.load(..., weights_only=True)} and for
   * {@link Checkpoint}, which needs the section {@code state_dict}. The same tensors in the same
   * order give the same bytes. The stream stays open.
   */
  public static void write(Map<String, Map<String, Tensor>> sections, OutputStream out)
      throws IOException {
    List<Tensor> storages =
        sections.values().stream().flatMap(section -> section.values().stream()).toList();
    try (TorchArchiveWriter archive = new TorchArchiveWriter(out, "archive")) {
      archive.entry("data.pkl", pickle(sections));
      archive.entry("byteorder", "little");
      for (int key = 0; key < storages.size(); key++) {
        archive.entry("data/" + key, storages.get(key).content());
      }
      archive.entry("version", FORMAT_VERSION);
    }
  }

  private static byte[] pickle(Map<String, Map<String, Tensor>> sections) {
    PickleWriter pickle = new PickleWriter();
    pickle.instruction(Opcode.EMPTY_DICT);
    int firstKey = 0;
    for (Map.Entry<String, Map<String, Tensor>> section : sections.entrySet()) {
      pickle.text(section.getKey());
      putTensors(pickle, section.getValue(), firstKey);
      pickle.instruction(Opcode.SETITEM);
      firstKey += section.getValue().size();
    }
    return pickle.stop();
  }

  private static void putTensors(PickleWriter pickle, Map<String, Tensor> tensors, int firstKey) {
    pickle.orderedDict();
    pickle.instruction(Opcode.MARK);
    int key = firstKey;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      pickle.text(entry.getKey());
      pickle.tensor(entry.getValue(), Integer.toString(key));
      key++;
    }
    pickle.instruction(Opcode.SETITEMS);
  }
}
