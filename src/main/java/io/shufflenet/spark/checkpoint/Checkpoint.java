package io.shufflenet.spark.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state dict of a PyTorch checkpoint. Reads both formats of {@code torch.save}: the zip archive
 * and the one before PyTorch 1.6. The state dict may stand under {@code state_dict} or at the top,
 * and its names may carry the {@code module.} of a parallel wrapper; whatever else the file holds
 * is ignored, but for what {@link #section} is asked for.
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
      return new Checkpoint(tensors(file, StateDict::of));
    } catch (FormatException reason) {
      throw new CheckpointException(name, reason);
    }
  }

  /**
   * Reads the tensors of one entry of the dictionary that a file holds, such as {@code momentum}
   * beside the state dict, and no others; {@code name} is what messages call the file.
   *
   * @return tensors by name, as the names are in the file and in its order; unmodifiable
   * @throws CheckpointException if the file has no dictionary of that name, or for a reason of
   *     {@link #read}
   */
  public static Map<String, Tensor> section(byte[] file, String name, String section)
      throws CheckpointException {
    try {
      return Collections.unmodifiableMap(tensors(file, root -> StateDict.section(root, section)));
    } catch (FormatException reason) {
      throw new CheckpointException(name, reason);
    }
  }

  /** Tensors by name, without {@code module.}, in the file's order; unmodifiable, never empty. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  private interface Selection {
    Map<String, TensorReference> of(Object root) throws FormatException;
  }

  private static Map<String, Tensor> tensors(byte[] file, Selection selection)
      throws FormatException {
    MemoryBudget budget = MemoryBudget.forFile(file.length);
    TorchFile content =
        switch (FileKind.of(file)) {
          case ZIP -> TorchArchive.read(file, budget);
          case LEGACY -> LegacyFile.read(file);
        };
    TensorLoader loader = new TensorLoader(content, budget);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TensorReference> entry : selection.of(content.root()).entrySet()) {
      tensors.put(entry.getKey(), loader.load(entry.getKey(), entry.getValue()));
    }
    return tensors;
  }
}
