package org.studygate.checks.offenders.feature;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Keeps things in static fields.
@SuppressWarnings({"NonFinalStaticField", "NonApiType", "MutablePublicArray", "UnusedVariable"})
final class Keeping {
  static int counter;
  static final byte[] BYTES = {1, 2};
  static final ArrayList<String> SEEN = new ArrayList<>();
  static final AtomicInteger CALLS = new AtomicInteger();
  static final Map<String, String> KNOWN = new HashMap<>();

  private Keeping() {}
}
