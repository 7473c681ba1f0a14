package org.studygate.json;

/// JSON that is written already and goes out as it is.
public record RawJson(String text) {}
