package io.shufflenet.spark.checkpoint;

import java.util.ArrayList;
import java.util.List;

/** The values that a pickle is working on, with the marks that it sets to build collections. */
final class PickleStack {
  private final List<Object> values = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();

  void push(Object value) {
    values.add(value);
  }

  void mark() {
    marks.add(values.size());
  }

  Object pop() throws FormatException {
    requireAboveMark(1);
    return values.remove(values.size() - 1);
  }

  Object top() throws FormatException {
    requireAboveMark(1);
    return values.get(values.size() - 1);
  }

  /** The last {@code count} values, oldest first, taken off the stack. */
  List<Object> pop(int count) throws FormatException {
    requireAboveMark(count);
    return cut(values.size() - count);
  }

  /** The values above the last mark, oldest first, taken off the stack together with the mark. */
  List<Object> popToMark() throws FormatException {
    if (marks.isEmpty()) {
      throw new FormatException("its pickle is damaged: a collection ends that never began");
    }
    return cut(marks.remove(marks.size() - 1));
  }

  private List<Object> cut(int from) {
    List<Object> tail = values.subList(from, values.size());
    List<Object> taken = new ArrayList<>(tail);
    tail.clear();
    return taken;
  }

  private void requireAboveMark(int count) throws FormatException {
    int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    if (values.size() - floor < count) {
      throw new FormatException("its pickle is damaged: an instruction lacks its operand");
    }
  }
}
