package io.shufflenet.spark.checkpoint;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A Python class or function that a pickle names, one of the few that a checkpoint of tensors
 * needs. It is only a name here: nothing is ever imported, called or instantiated.
 */
record Global(String name, Role role, Optional<StorageType> storage) {
  /** What calling the class or function means to this reader. */
  enum Role {
    ORDERED_DICT,
    TENSOR,
    UNTYPED_TENSOR,
    PARAMETER,
    SIZE,
    STORAGE,
    OPAQUE
  }

  private static final Map<String, Global> KNOWN = known();

  /**
   * The class or function {@code name} of Python's {@code module}.
   *
   * @throws FormatException naming it, if it is not one that is known to be needed
   */
  static Global named(String module, String name) throws FormatException {
    Global global = KNOWN.get(module + "." + name);
    if (global == null) {
      throw new FormatException(
          """
          it names the Python object %s.%s, which is none of the few that a checkpoint of plain \
          tensors needs; nothing was executed. In Python, load the file if you trust it, and save \
          the tensors alone: torch.save({'state_dict': model.state_dict()}, new_file)\
          """
              .formatted(Description.text(module), Description.text(name)));
    }
    return global;
  }

  private static Map<String, Global> known() {
    Map<String, Global> known = new HashMap<>();
    add(known, Role.ORDERED_DICT, "collections.", "OrderedDict");
    add(known, Role.TENSOR, "torch._utils.", "_rebuild_tensor", "_rebuild_tensor_v2");
    add(known, Role.UNTYPED_TENSOR, "torch._utils.", "_rebuild_tensor_v3");
    add(known, Role.PARAMETER, "torch._utils.", "_rebuild_parameter");
    add(known, Role.PARAMETER, "torch._utils.", "_rebuild_parameter_with_state");
    add(known, Role.PARAMETER, "torch.nn.parameter.", "Parameter");
    add(known, Role.SIZE, "torch.", "Size");
    addStorages(known);
    addOpaque(known);
    return Map.copyOf(known);
  }

  private static void addStorages(Map<String, Global> known) {
    for (StorageType type : StorageType.values()) {
      for (String module : new String[] {"torch.", "torch.storage."}) {
        String name = module + type.className();
        known.put(name, new Global(name, Role.STORAGE, Optional.of(type)));
      }
    }
  }

  /** What optimizers, schedulers and bookkeeping leave in a checkpoint beside the state dict. */
  private static void addOpaque(Map<String, Global> known) {
    add(known, Role.OPAQUE, "collections.", "Counter");
    add(known, Role.OPAQUE, "_codecs.", "encode");
    add(known, Role.OPAQUE, "builtins.", "set", "frozenset", "bytearray", "complex");
    add(known, Role.OPAQUE, "__builtin__.", "set", "frozenset", "bytearray", "complex");
    add(known, Role.OPAQUE, "numpy.", "dtype", "ndarray");
    add(known, Role.OPAQUE, "numpy.core.multiarray.", "scalar", "_reconstruct");
    add(known, Role.OPAQUE, "numpy._core.multiarray.", "scalar", "_reconstruct");
    add(known, Role.OPAQUE, "torch.serialization.", "_get_layout");
    add(known, Role.OPAQUE, "torch.", "device", "float64", "float32", "float16", "bfloat16");
    add(known, Role.OPAQUE, "torch.", "int64", "int32", "int16", "int8", "uint8", "bool");
    add(known, Role.OPAQUE, "torch.", "uint64", "uint32", "uint16", "complex64", "complex128");
    add(known, Role.OPAQUE, "torch.", "float8_e4m3fn", "float8_e4m3fnuz", "float8_e5m2");
    add(known, Role.OPAQUE, "torch.", "float8_e5m2fnuz", "complex32");
  }

  private static void add(Map<String, Global> known, Role role, String module, String... names) {
    for (String name : names) {
      known.put(module + name, new Global(module + name, role, Optional.empty()));
    }
  }
}
