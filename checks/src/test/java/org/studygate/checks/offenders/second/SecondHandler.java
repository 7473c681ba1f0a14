package org.studygate.checks.offenders.second;

import org.studygate.checks.offenders.first.Choosing;

/// A handler that nobody else can build, and that knows another function.
class SecondHandler {
  private final Choosing curious;

  SecondHandler(Choosing curious) {
    this.curious = curious;
  }

  Choosing curious() {
    return curious;
  }
}
