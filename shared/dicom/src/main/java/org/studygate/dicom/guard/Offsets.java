package org.studygate.dicom.guard;

import java.util.Arrays;

/// An immutable list of places, without a box around each.
public final class Offsets {
  public static final Offsets NONE = new Offsets(new long[0]);
  private final long[] values;

  private Offsets(long[] values) {
    this.values = values;
  }

  public int size() {
    return values.length;
  }

  public long get(int index) {
    return values[index];
  }

  /// Where a value stands in a list that ascends, negative if it does not.
  public int find(long value) {
    return Arrays.binarySearch(values, value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Offsets that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }

  public static final class Builder {
    private long[] values = new long[16];
    private int size;

    public void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    public int size() {
      return size;
    }

    public Offsets build() {
      return size == 0 ? NONE : new Offsets(Arrays.copyOf(values, size));
    }
  }
}
