package io.shufflenet.spark.training;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The images of a spool that is being filled, in 32 bytes each, in the order of their arrival. */
final class SpoolEntries {
  private static final int FIRST_CAPACITY = 1024;

  private long[] highKeys = new long[FIRST_CAPACITY];
  private long[] lowKeys = new long[FIRST_CAPACITY];
  private long[] offsets = new long[FIRST_CAPACITY];
  private int[] lengths = new int[FIRST_CAPACITY];
  private int[] labels = new int[FIRST_CAPACITY];
  private int size;

  void add(SpoolKey key, int label, long offset, int length) {
    if (size == labels.length) {
      grow(Math.addExact(size, size / 2));
    }
    highKeys[size] = key.high();
    lowKeys[size] = key.low();
    offsets[size] = offset;
    lengths[size] = length;
    labels[size] = label;
    size++;
  }

  private void grow(int capacity) {
    highKeys = Arrays.copyOf(highKeys, capacity);
    lowKeys = Arrays.copyOf(lowKeys, capacity);
    offsets = Arrays.copyOf(offsets, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    labels = Arrays.copyOf(labels, capacity);
  }

  int size() {
    return size;
  }

  /** The images by key and then by label: an order that their arrival has no part in. */
  SpoolImages sorted() {
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(byKeyAndLabel())
            .mapToInt(Integer::intValue)
            .toArray();
    return new SpoolImages(
        longs(order, entry -> offsets[entry]),
        ints(order, entry -> lengths[entry]),
        ints(order, entry -> labels[entry]),
        fingerprint(order));
  }

  private Comparator<Integer> byKeyAndLabel() {
    Comparator<Integer> byHighKey =
        (left, right) -> Long.compareUnsigned(highKeys[left], highKeys[right]);
    return byHighKey
        .thenComparing((left, right) -> Long.compareUnsigned(lowKeys[left], lowKeys[right]))
        .thenComparingInt(entry -> labels[entry]);
  }

  private String fingerprint(int[] order) {
    MessageDigest digest = SpoolKey.sha256();
    ByteBuffer entry = ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES);
    for (int i : order) {
      entry.clear().putLong(highKeys[i]).putLong(lowKeys[i]).putInt(labels[i]);
      digest.update(entry.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static long[] longs(int[] order, IntToLongFunction value) {
    return Arrays.stream(order).mapToLong(value).toArray();
  }

  private static int[] ints(int[] order, IntUnaryOperator value) {
    return Arrays.stream(order).map(value).toArray();
  }
}
