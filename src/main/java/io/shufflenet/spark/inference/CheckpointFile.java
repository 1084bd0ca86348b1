package io.shufflenet.spark.inference;

import io.shufflenet.spark.checkpoint.CheckpointException;
import io.shufflenet.spark.dataset.HadoopPath;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.ModelDescription;
import io.shufflenet.spark.model.Network;
import io.shufflenet.spark.model.ScriptedNetwork;
import io.shufflenet.spark.model.Weights;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads models, and the files beside them, from any Hadoop file system. */
public final class CheckpointFile {
  private static final int LONGEST = Integer.MAX_VALUE - 8;
  private static final int LONGEST_DESCRIPTION = 16 << 20;

  private final FileSystem fileSystem;
  private final Path path;
  private final String name;
  private final byte[] content;

  private CheckpointFile(FileSystem fileSystem, Path path, String name, byte[] content) {
    this.fileSystem = fileSystem;
    this.path = path;
    this.name = name;
    this.content = content;
  }

  /**
   * Reads a checkpoint, and no TorchScript module.
   *
   * @param key the setting or option that names the file, for messages
   * @throws CheckpointException if it is no checkpoint
   * @throws IllegalArgumentException if there is no such file, or it is of another network; if
   *     there is a file beside it that does not describe a model of its classes
   */
  public static LoadedModel read(Configuration hadoop, String key, String name) throws IOException {
    CheckpointFile file = open(hadoop, key, name);
    if (ScriptedNetwork.isModule(file.content)) {
      throw cannotRead(
          name, "it is a TorchScript module; name the checkpoint that it was made from");
    }
    return file.checkpoint();
  }

  /**
   * Reads a checkpoint or a TorchScript module. A module's code is executed: it must be trusted as
   * a program is.
   *
   * @param key as in {@link #read}
   * @param preset that its user wants, as in {@link LoadedModel#preprocessing}
   * @param inputSize that its user wants, likewise
   * @throws CheckpointException if it is neither
   * @throws IllegalArgumentException as {@link #read}; if the module does not serve, or a preset is
   *     wanted where the file beside the module says how it is fed
   */
  public static LoadedModel readEither(
      Configuration hadoop,
      String key,
      String name,
      Optional<Preprocessing> preset,
      OptionalInt inputSize)
      throws IOException {
    CheckpointFile file = open(hadoop, key, name);
    return ScriptedNetwork.isModule(file.content)
        ? file.script(preset, inputSize)
        : file.checkpoint();
  }

  private static CheckpointFile open(Configuration hadoop, String key, String name)
      throws IOException {
    Path path = HadoopPath.named(hadoop, key, name);
    FileSystem fileSystem = path.getFileSystem(hadoop);
    FileStatus status =
        existing(fileSystem, key, path)
            .orElseThrow(() -> cannotRead(path.toString(), "there is no such file"));
    if (status.isDirectory()) {
      throw cannotRead(name, "it is a folder; name the file in it");
    }
    if (status.getLen() > LONGEST) {
      throw cannotRead(name, status.getLen() + " bytes are too many");
    }
    return new CheckpointFile(fileSystem, path, name, content(fileSystem, path, LONGEST));
  }

  private LoadedModel checkpoint() throws IOException {
    Weights weights = Weights.read(content, name);
    return described(weights, description());
  }

  private LoadedModel script(Optional<Preprocessing> preset, OptionalInt inputSize)
      throws IOException {
    Optional<ModelDescription> description = description();
    if (preset.isPresent() && description.isPresent()) {
      throw new IllegalArgumentException(
          "Cannot use image.preprocessing = %s: %s says how the TorchScript module is fed"
              .formatted(preset.get().name(), beside()));
    }
    int size = LoadedModel.preprocessing(description, preset, inputSize).cropSize();
    return described(ScriptedNetwork.read(content, name, size), description);
  }

  private LoadedModel described(Network network, Optional<ModelDescription> description) {
    int names = description.map(ModelDescription::classNames).orElse(List.of()).size();
    if (names != 0 && names != network.classes()) {
      throw cannotRead(
          beside(),
          "it has %s class names, and the %s beside it has %s classes"
              .formatted(
                  names,
                  network instanceof Weights ? "checkpoint" : "TorchScript module",
                  network.classes()));
    }
    return new LoadedModel(network, description);
  }

  /** Put together of a URI's parts, for a name with a colon would be taken for a URI itself. */
  private Path beside() {
    URI uri = path.toUri();
    return new Path(uri.getScheme(), uri.getAuthority(), ModelDescription.fileName(uri.getPath()));
  }

  private Optional<ModelDescription> description() throws IOException {
    Path beside = beside();
    Optional<FileStatus> status = status(fileSystem, beside);
    if (status.isEmpty()) {
      return Optional.empty();
    }
    if (status.get().isDirectory()) {
      throw cannotRead(beside, "it is a folder");
    }
    if (status.get().getLen() > LONGEST_DESCRIPTION) {
      throw cannotRead(beside, status.get().getLen() + " bytes are too many");
    }
    byte[] text = content(fileSystem, beside, LONGEST_DESCRIPTION);
    return Optional.of(ModelDescription.read(text, beside.toString()));
  }

  /** The model's status; the first that is asked of its file system. */
  private static Optional<FileStatus> existing(FileSystem fileSystem, String key, Path path)
      throws IOException {
    try {
      return status(fileSystem, path);
    } catch (IOException e) {
      throw new IOException("Cannot read %s = %s: %s".formatted(key, path, e.getMessage()), e);
    }
  }

  private static byte[] content(FileSystem fileSystem, Path path, int longest) throws IOException {
    try (InputStream in = fileSystem.open(path)) {
      return in.readNBytes(longest);
    }
  }

  private static Optional<FileStatus> status(FileSystem fileSystem, Path path) throws IOException {
    try {
      return Optional.of(fileSystem.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static IllegalArgumentException cannotRead(String checkpoint, String reason) {
    return new IllegalArgumentException(
        "Cannot read checkpoint %s: %s".formatted(checkpoint, reason));
  }

  private static IllegalArgumentException cannotRead(Path description, String reason) {
    return new IllegalArgumentException("Cannot read %s: %s".formatted(description, reason));
  }
}
