package org.studygate.local;

import java.io.IOException;

/// Calls a function by its logical name and gives its answer.
@FunctionalInterface
interface Lambda {
  byte[] call(String function, byte[] event) throws IOException;
}
