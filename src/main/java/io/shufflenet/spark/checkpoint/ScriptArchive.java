package io.shufflenet.spark.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes TorchScript archives: what {@code torch.jit.load} and libtorch read. An archive holds one
 * module of the class {@code __torch__.Net}, whose code is compiled where it is loaded and which
 * calls its tensors {@code CONSTANTS.c0}, {@code CONSTANTS.c1}, ...
 */
public final class ScriptArchive {
  private static final String FORMAT_VERSION = "3\n";
  private static final int MAP_DIMENSIONS = 4;

  private ScriptArchive() {}

  /**
   * Writes an archive; the same arguments give the same bytes. The stream stays open.
   *
   * @param code of the class {@code Net}, whose {@code __setstate__} takes a {@code Tuple[bool]}:
   *     whether it is in training, which it is not
   * @param constants those of 4 dimensions are laid out channels last
   */
  public static void write(String code, List<Tensor> constants, OutputStream out)
      throws IOException {
    try (TorchArchiveWriter archive = new TorchArchiveWriter(out, "network")) {
      archive.entry("version", FORMAT_VERSION);
      archive.entry("byteorder", "little");
      archive.entry("data.pkl", module());
      archive.entry("code/__torch__.py", code);
      for (int key = 0; key < constants.size(); key++) {
        Tensor tensor = constants.get(key);
        archive.entry("constants/" + key, isMap(tensor) ? tensor.channelsLast() : tensor.content());
      }
      archive.entry("constants.pkl", constants(constants));
    }
  }

  private static byte[] module() {
    PickleWriter pickle = new PickleWriter();
    pickle.global("__torch__", "Net");
    pickle.instruction(Opcode.EMPTY_TUPLE);
    pickle.instruction(Opcode.NEWOBJ);
    pickle.instruction(Opcode.MARK);
    pickle.instruction(Opcode.NEWFALSE);
    pickle.instruction(Opcode.TUPLE);
    pickle.instruction(Opcode.BUILD);
    return pickle.stop();
  }

  private static byte[] constants(List<Tensor> constants) {
    PickleWriter pickle = new PickleWriter();
    pickle.instruction(Opcode.MARK);
    for (int key = 0; key < constants.size(); key++) {
      Tensor tensor = constants.get(key);
      if (isMap(tensor)) {
        pickle.tensor(tensor, Integer.toString(key), channelsLastStrides(tensor.shape()));
      } else {
        pickle.tensor(tensor, Integer.toString(key));
      }
    }
    pickle.instruction(Opcode.TUPLE);
    return pickle.stop();
  }

  private static boolean isMap(Tensor tensor) {
    return tensor.shape().length == MAP_DIMENSIONS;
  }

  private static int[] channelsLastStrides(int[] shape) {
    int channels = shape[1];
    return new int[] {channels * shape[2] * shape[3], 1, channels * shape[3], channels};
  }
}
