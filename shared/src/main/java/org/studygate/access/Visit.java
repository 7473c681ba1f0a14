package org.studygate.access;

import org.studygate.session.Session;

/// A visit that goes on at this moment, and whose it is.
public record Visit(Session session, Principal principal) {
  /// Who this is in the trail: an id of ours, never a name.
  public String who() {
    return principal.who();
  }

  @Override
  public String toString() {
    return "Visit[" + session + "]";
  }
}
