package org.studygate.dicom.guard;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An element as the mender found it: where its value lies, or what is in it.
final class Found {
  final int tag;

  /// To be written with; `UN` where nothing better is known.
  int vr;

  long from;
  long length;

  /// Zeros to be written behind the value.
  int zeros;

  /// To be written instead of the value.
  byte @Nullable [] instead;

  /// Of a sequence.
  @Nullable List<Item> items;

  /// Of compressed image data: offset, length, offset, length ..., the table first.
  @Nullable Offsets fragments;

  /// The items lie little endian and without representations in a big-endian file, as the standard
  /// wants it in UN.
  boolean unknown;

  Found(int tag, int vr, long from, long length) {
    this.tag = tag;
    this.vr = vr;
    this.from = from;
    this.length = length;
  }

  boolean empty() {
    return length == 0 && instead == null && items == null && fragments == null;
  }

  /// A data set within a sequence.
  record Item(List<Found> elements) {
    Item() {
      this(new ArrayList<>(0));
    }
  }
}
