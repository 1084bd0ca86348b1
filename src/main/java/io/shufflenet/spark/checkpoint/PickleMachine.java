package io.shufflenet.spark.checkpoint;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one Python pickle. It never executes, imports or instantiates what the pickle names. Time
 * and memory are bounded by the pickle's length and by a number of steps; nothing here recurses.
 */
final class PickleMachine {
  /** Steps; about five times what a network of a thousand tensors and its optimizer take. */
  private static final int MOST_WORK = 500_000;

  private static final int LOWEST_PROTOCOL = 2;
  private static final int HIGHEST_PROTOCOL = 5;

  private final PickleInput input;
  private final PickleStack stack = new PickleStack();
  private final PickleMemo memo = new PickleMemo();
  private final Map<String, StorageReference> storages = new LinkedHashMap<>();
  private int work;

  private PickleMachine(ByteBuffer bytes) {
    this.input = new PickleInput(bytes);
  }

  /** The pickle at the buffer's position, which moves to the first byte after it. */
  static Pickle read(ByteBuffer bytes) throws FormatException {
    return new PickleMachine(bytes).run();
  }

  private Pickle run() throws FormatException {
    int opcode = input.unsignedByte();
    while (opcode != Opcode.STOP) {
      spend(1);
      execute(opcode);
      opcode = input.unsignedByte();
    }
    return new Pickle(stack.pop(), storages);
  }

  private void spend(int steps) throws FormatException {
    work += steps;
    if (work > MOST_WORK) {
      throw new FormatException("its pickle takes more than %d steps".formatted(MOST_WORK));
    }
  }

  private void execute(int opcode) throws FormatException {
    switch (opcode) {
      case Opcode.PROTO -> requireProtocol(input.unsignedByte());
      case Opcode.FRAME -> input.require(input.littleEndianLong());
      case Opcode.MARK -> stack.mark();
      case Opcode.POP -> stack.pop();
      case Opcode.POP_MARK -> stack.popToMark();
      case Opcode.BINPUT -> memo.put(input.unsignedByte(), stack.top());
      case Opcode.LONG_BINPUT -> memo.put(input.littleEndianInt(), stack.top());
      case Opcode.MEMOIZE -> memo.add(stack.top());
      case Opcode.BINGET -> stack.push(memo.at(input.unsignedByte()));
      case Opcode.LONG_BINGET -> stack.push(memo.at(input.littleEndianInt()));
      case Opcode.APPEND -> append(stack.pop(1));
      case Opcode.APPENDS -> append(stack.popToMark());
      case Opcode.SETITEM -> setItems(stack.pop(2));
      case Opcode.SETITEMS -> setItems(stack.popToMark());
      case Opcode.ADDITEMS -> stack.popToMark();
      case Opcode.BUILD -> build();
      default -> stack.push(value(opcode));
    }
  }

  private Object value(int opcode) throws FormatException {
    return switch (opcode) {
      case Opcode.NONE -> null;
      case Opcode.NEWTRUE -> true;
      case Opcode.NEWFALSE -> false;
      case Opcode.BININT -> (long) input.littleEndianInt();
      case Opcode.BININT1 -> (long) input.unsignedByte();
      case Opcode.BININT2 -> (long) input.unsignedShort();
      case Opcode.LONG1 -> input.integer(input.unsignedByte());
      case Opcode.BINFLOAT -> input.bigEndianDouble();
      case Opcode.SHORT_BINSTRING, Opcode.SHORT_BINUNICODE -> input.text(input.unsignedByte());
      case Opcode.BINSTRING, Opcode.BINUNICODE -> input.text(unsignedInt());
      case Opcode.BINUNICODE8 -> input.text(input.littleEndianLong());
      case Opcode.SHORT_BINBYTES -> bytes(input.unsignedByte());
      case Opcode.BINBYTES -> bytes(unsignedInt());
      case Opcode.BINBYTES8, Opcode.BYTEARRAY8 -> bytes(input.littleEndianLong());
      default -> collection(opcode);
    };
  }

  private Object collection(int opcode) throws FormatException {
    return switch (opcode) {
      case Opcode.EMPTY_TUPLE -> PickleTuple.EMPTY;
      case Opcode.TUPLE -> new PickleTuple(stack.popToMark());
      case Opcode.TUPLE1 -> new PickleTuple(stack.pop(1));
      case Opcode.TUPLE2 -> new PickleTuple(stack.pop(2));
      case Opcode.TUPLE3 -> new PickleTuple(stack.pop(3));
      case Opcode.EMPTY_LIST -> new PickleList();
      case Opcode.EMPTY_DICT -> new PickleDict();
      case Opcode.EMPTY_SET -> Opaque.VALUE;
      case Opcode.FROZENSET -> frozenSet();
      case Opcode.GLOBAL -> Global.named(input.line(), input.line());
      case Opcode.STACK_GLOBAL -> stackGlobal(stack.pop(2));
      case Opcode.REDUCE -> reduce(stack.pop(2));
      case Opcode.BINPERSID -> storage(stack.pop());
      default ->
          throw new FormatException(
              "its pickle has an instruction that torch.save does not write: 0x%02X at byte %d"
                  .formatted(opcode, input.position() - 1));
    };
  }

  private long unsignedInt() throws FormatException {
    return Integer.toUnsignedLong(input.littleEndianInt());
  }

  private Opaque bytes(long length) throws FormatException {
    input.skip(length);
    return Opaque.VALUE;
  }

  private void append(List<Object> items) throws FormatException {
    if (!(stack.top() instanceof PickleList list)) {
      throw unfit("appends to");
    }
    list.addAll(items);
  }

  private void setItems(List<Object> items) throws FormatException {
    if (!(stack.top() instanceof PickleDict dict) || items.size() % 2 != 0) {
      throw unfit("sets items of");
    }
    for (int index = 0; index < items.size(); index += 2) {
      dict.put(items.get(index), items.get(index + 1));
    }
  }

  /**
   * Attributes, such as the version numbers that PyTorch hangs on a state dict, are of no use here.
   */
  private void build() throws FormatException {
    stack.pop();
    if (!(stack.top() instanceof PickleDict) && stack.top() != Opaque.VALUE) {
      throw unfit("sets attributes of");
    }
  }

  private FormatException unfit(String action) throws FormatException {
    return new FormatException(
        "its pickle is damaged: it %s a %s".formatted(action, Description.kind(stack.top())));
  }

  private StorageReference storage(Object identifier) throws FormatException {
    StorageReference storage = Arguments.of("a storage", identifier).storage();
    storages.putIfAbsent(storage.key(), storage);
    return storage;
  }

  private Opaque frozenSet() throws FormatException {
    stack.popToMark();
    return Opaque.VALUE;
  }

  private Object reduce(List<Object> call) throws FormatException {
    if (!(call.get(0) instanceof Global function)) {
      throw new FormatException(
          "its pickle is damaged: it calls a " + Description.kind(call.get(0)));
    }
    Object result = Arguments.of(function.name(), call.get(1)).result(function);
    if (result instanceof PickleDict dict) {
      spend(dict.size());
    }
    return result;
  }

  private static Global stackGlobal(List<Object> names) throws FormatException {
    if (names.get(0) instanceof String module && names.get(1) instanceof String name) {
      return Global.named(module, name);
    }
    throw new FormatException("its pickle is damaged: a class has no name");
  }

  private static void requireProtocol(int protocol) throws FormatException {
    if (protocol < LOWEST_PROTOCOL || protocol > HIGHEST_PROTOCOL) {
      throw new FormatException(
          "its pickle has protocol %d, where %d to %d are read"
              .formatted(protocol, LOWEST_PROTOCOL, HIGHEST_PROTOCOL));
    }
  }
}
