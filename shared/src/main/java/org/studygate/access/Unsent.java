package org.studygate.access;

/// Where it is noted that the recipient of a share could not be told of it.
public interface Unsent {
  /// To be told to whoever shared it. Noted twice it is noted once; of what is no share, nothing
  // is.
  void unsent(String bucketId);
}
