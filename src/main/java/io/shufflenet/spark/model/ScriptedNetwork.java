package io.shufflenet.spark.model;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.shufflenet.spark.checkpoint.ScriptFile;

/**
 * A network that its user brings as a TorchScript module, run as it is. Its code is executed: it
 * must be trusted as a program is.
 */
public final class ScriptedNetwork implements Network {
  private static final long serialVersionUID = 1L;

  /** Any two numbers: a module that takes both takes all. */
  private static final int[] TRIED_BATCHES = {2, 3};

  /** How libtorch begins to say that a view or reshape does not fit. */
  private static final String OTHER_SIZE = "is invalid for input of size";

  private static final String FIXED_BATCH =
      ". A network that torch.jit.trace made may hold the batch size of its example, as Megvii's code"
          + " does: name its checkpoint instead";

  /** What the module takes. */
  enum Input {
    /** Crops as they come: uint8 {@code (N, size, size, 3)}. */
    PIXELS,
    /** Normalised pixels: float32 {@code (N, 3, size, size)}. */
    PLANES
  }

  private final byte[] archive;
  private final String sha256;
  private final Input input;
  private final int classes;

  private ScriptedNetwork(byte[] archive, String sha256, Input input, int classes) {
    this.archive = archive;
    this.sha256 = sha256;
    this.input = input;
    this.classes = classes;
  }

  /** Whether the content of a file is a TorchScript module. Nothing of it is executed. */
  public static boolean isModule(byte[] file) {
    return ScriptFile.isScript(file);
  }

  /**
   * Loads the module on the CPU and tries it with blank images, first as pixels and then as planes:
   * what it takes is what it will be given.
   *
   * @param name what messages call it
   * @param inputSize side in pixels of the square that it sees
   * @throws IllegalArgumentException if libtorch cannot load it, it takes neither, its batch size
   *     is fixed, or it gives anything but a row of float32 logits for each image
   */
  public static ScriptedNetwork read(byte[] file, String name, int inputSize) {
    try (NDManager manager = Libtorch.engine().newBaseManager(ComputeDevice.CPU.device())) {
      ScriptModule module = load(file, name, manager);
      Input input = input(module, name, manager, inputSize);
      int classes = 0;
      for (int batch : TRIED_BATCHES) {
        classes = classes(module, name, blank(manager, input, batch, inputSize));
      }
      return new ScriptedNetwork(file, Digest.sha256(file), input, classes);
    }
  }

  private static ScriptModule load(byte[] file, String name, NDManager manager) {
    try {
      return ScriptModule.load(file, manager);
    } catch (EngineException e) {
      throw refusal(name, "libtorch cannot load it: " + EngineFailure.reason(e), e);
    }
  }

  /** The first kind of input that the module does not fail on. */
  private static Input input(ScriptModule module, String name, NDManager manager, int inputSize) {
    StringBuilder failures = new StringBuilder();
    for (Input input : Input.values()) {
      NDArray images = blank(manager, input, TRIED_BATCHES[0], inputSize);
      try {
        NDArray unused = module.forward(manager, images);
        return input;
      } catch (EngineException e) {
        failures.append(failures.isEmpty() ? "" : "; ").append(failure(images, e));
      }
    }
    String advice = failures.indexOf(OTHER_SIZE) < 0 ? "" : FIXED_BATCH;
    throw refusal(name, failures + advice, null);
  }

  private static String failure(NDArray images, EngineException cause) {
    return "it fails on %d images of shape %s: %s"
        .formatted(images.getShape().get(0), images.getShape(), EngineFailure.reason(cause));
  }

  private static NDArray blank(NDManager manager, Input input, int images, int size) {
    return switch (input) {
      case PIXELS -> manager.zeros(new Shape(images, size, size, 3), DataType.UINT8);
      case PLANES -> manager.zeros(new Shape(images, 3, size, size), DataType.FLOAT32);
    };
  }

  private static int classes(ScriptModule module, String name, NDArray images) {
    NDArray logits = forward(module, name, images);
    Shape shape = logits.getShape();
    boolean rows = shape.dimension() == 2 && shape.get(0) == images.getShape().get(0);
    if (!rows || logits.getDataType() != DataType.FLOAT32) {
      throw refusal(
          name,
          "of %d images it gives %s of shape %s, not a row of float32 logits for each"
              .formatted(images.getShape().get(0), logits.getDataType(), shape),
          null);
    }
    return Math.toIntExact(shape.get(1));
  }

  private static NDArray forward(ScriptModule module, String name, NDArray images) {
    try {
      return module.forward(images.getManager(), images);
    } catch (EngineException e) {
      throw refusal(name, failure(images, e) + FIXED_BATCH, e);
    }
  }

  private static IllegalArgumentException refusal(String name, String reason, Throwable cause) {
    return new IllegalArgumentException(
        "Cannot use the TorchScript module " + name + ": " + reason, cause);
  }

  byte[] archive() {
    return archive;
  }

  Input input() {
    return input;
  }

  /** What it is given, for a person: meaning, type and shape. */
  public String takes() {
    return switch (input) {
      case PIXELS -> "pixels as they are, uint8 (N, height, width, 3)";
      case PLANES -> "normalised pixels, float32 (N, 3, height, width)";
    };
  }

  @Override
  public String name() {
    return "torchscript";
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public String sha256() {
    return sha256;
  }
}
