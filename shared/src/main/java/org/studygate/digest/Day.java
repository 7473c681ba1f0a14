package org.studygate.digest;

import java.time.LocalDate;
import java.util.SortedMap;

/// What a department was told in one of its days: how often each code of docs/receipts.md.
public record Day(String department, LocalDate date, String where, SortedMap<String, Long> counts) {
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
