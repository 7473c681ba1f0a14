package org.studygate.json;

/// What somebody sent is not what was asked for. The message names fields, never their content.
public final class BadJson extends RuntimeException {
  public BadJson(String message) {
    super(message);
  }
}
