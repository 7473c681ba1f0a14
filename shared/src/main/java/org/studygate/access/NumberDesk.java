package org.studygate.access;

/// How the number of a bucket stands with wrong dates of birth, which its trail keeps by its hash.
public interface NumberDesk {
  /// How many were wrong in a row; `Tries.DATE` of them block.
  int wrongDates(String bucketId);
}
