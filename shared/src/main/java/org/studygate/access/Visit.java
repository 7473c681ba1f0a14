package org.studygate.access;

import org.studygate.session.Session;

/// A patient's visit that goes on at this moment, and the bucket it was opened with.
public record Visit(Session session, Bucket bucket) {
  /// Who this is in the trail: an id of ours, never a name.
  public String who() {
    return "patient:" + bucket.id();
  }

  @Override
  public String toString() {
    return "Visit[" + bucket + "]";
  }
}
