package org.studygate.access;

import org.studygate.audit.Actor;
import org.studygate.session.Session;

/// A visit that goes on at this moment, and whose it is.
public record Visit(Session session, Principal principal) {
  public Actor.Visitor actor() {
    return principal.actor();
  }

  @Override
  public String toString() {
    return "Visit[" + session + "]";
  }
}
