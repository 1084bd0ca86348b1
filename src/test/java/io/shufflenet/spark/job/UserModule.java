package io.shufflenet.spark.job;

import io.shufflenet.spark.checkpoint.ScriptArchive;
import io.shufflenet.spark.checkpoint.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** TorchScript modules as users bring them: small ones that tell images apart by their colour. */
final class UserModule {
  /** Classes blue, green and red, of planes in BGR: the logits are the mean colour. */
  static final String PLANES = "return torch.linear(torch.mean(x, [2, 3]), CONSTANTS.c0)";

  /** The same, for batches of four images only. */
  static final String FOUR_IMAGES =
      "return torch.linear(torch.mean(torch.view(x, [4, 3, 224, 224]), [2, 3]), CONSTANTS.c0)";

  /** Logits, and something else. */
  static final String TUPLE = "return (torch.mean(x, [2, 3]), x)";

  private static final String CODE =
      """
      class Net(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def __getstate__(self: __torch__.Net) -> Tuple[bool]:
          return (self.training,)
        def __setstate__(self: __torch__.Net,
          state: Tuple[bool]) -> NoneType:
          training, = state
          self.training = training
          return None
        def forward(self: __torch__.Net,
          x: Tensor) -> %s:
          %s
      """;

  private UserModule() {}

  /** Writes a module with that last statement of {@code forward}, over {@code x}. */
  static Path write(Path file, String statement) throws IOException {
    String result = statement.equals(TUPLE) ? "Tuple[Tensor, Tensor]" : "Tensor";
    Tensor identity = Tensor.ofFloats(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3);
    try (OutputStream out = Files.newOutputStream(file)) {
      ScriptArchive.write(CODE.formatted(result, statement), List.of(identity), out);
    }
    return file;
  }
}
