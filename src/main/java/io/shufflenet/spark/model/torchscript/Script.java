package io.shufflenet.spark.model.torchscript;

import io.shufflenet.spark.checkpoint.ScriptArchive;
import io.shufflenet.spark.checkpoint.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A network in TorchScript: its code, which libtorch compiles where it is loaded, and the tensors
 * that the code calls {@code CONSTANTS.c0}, {@code CONSTANTS.c1}, ...
 */
public record Script(String code, List<Tensor> constants) {
  /** Writes the archive that {@code torch.jit.load} reads; the stream stays open. */
  public void write(OutputStream out) throws IOException {
    ScriptArchive.write(code, constants, out);
  }

  /** The archive that {@link #write} writes. */
  public byte[] archive() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
