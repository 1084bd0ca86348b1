package io.shufflenet.spark.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state dict of a PyTorch checkpoint. Reads both formats of {@code torch.save}: the zip archive
 * and the one before PyTorch 1.6. The state dict may stand under {@code state_dict} or at the top,
 * and its names may carry the {@code module.} of a parallel wrapper; whatever else the file holds
 * is ignored.
 *
 * <p>A file may be hostile. Nothing that it names is executed or instantiated. Reading takes at
 * most three times the file's length in memory, and 150 MB beside.
 */
public final class Checkpoint {
  private final Map<String, Tensor> tensors;

  private Checkpoint(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /**
   * Reads the whole content of a file; {@code name} is what messages call it.
   *
   * @throws CheckpointException if the content is no such file, is damaged, or needs Python code to
   *     be read
   */
  public static Checkpoint read(byte[] file, String name) throws CheckpointException {
    try {
      return read(file);
    } catch (FormatException reason) {
      throw new CheckpointException(name, reason);
    }
  }

  /** Tensors by name, without {@code module.}, in the file's order; unmodifiable, never empty. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  private static Checkpoint read(byte[] file) throws FormatException {
    MemoryBudget budget = MemoryBudget.forFile(file.length);
    TorchFile content =
        switch (FileKind.of(file)) {
          case ZIP -> TorchArchive.read(file, budget);
          case LEGACY -> LegacyFile.read(file);
        };
    TensorLoader loader = new TensorLoader(content, budget);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TensorReference> entry : StateDict.of(content.root()).entrySet()) {
      tensors.put(entry.getKey(), loader.load(entry.getKey(), entry.getValue()));
    }
    return new Checkpoint(tensors);
  }
}
