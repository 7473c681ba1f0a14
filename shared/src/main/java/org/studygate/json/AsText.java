package org.studygate.json;

/// A value with parts of its own that JSON knows as one string.
public interface AsText {
  String text();
}
