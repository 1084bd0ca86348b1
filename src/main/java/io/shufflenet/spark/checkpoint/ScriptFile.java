package io.shufflenet.spark.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/** Tells TorchScript modules from checkpoints: PyTorch writes both as zip archives. */
public final class ScriptFile {
  private static final String CONSTANTS = "constants.pkl";
  private static final String CODE = "code/";

  private ScriptFile() {}

  /**
   * Whether the content of a file is what {@code torch.jit.save} or {@link ScriptArchive} writes: a
   * zip archive of {@code NAME/constants.pkl} and {@code NAME/code}. Nothing of it is executed.
   */
  public static boolean isScript(byte[] file) {
    try {
      ByteBuffer archive = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
      return FileKind.of(file) == FileKind.ZIP && holdsCode(ZipDirectory.read(archive).keySet());
    } catch (FormatException e) {
      return false;
    }
  }

  private static boolean holdsCode(Set<String> names) {
    List<String> constants =
        names.stream()
            .filter(name -> name.equals(CONSTANTS) || name.endsWith("/" + CONSTANTS))
            .toList();
    if (constants.size() != 1) {
      return false;
    }
    String file = constants.get(0);
    String code = file.substring(0, file.length() - CONSTANTS.length()) + CODE;
    return names.stream().anyMatch(name -> name.startsWith(code));
  }
}
