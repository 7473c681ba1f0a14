package org.studygate.http;

import java.util.regex.Pattern;

/// A parameter that a route takes in its query, and how it is written: the pattern bounds its
/// length too, and stands in `docs/openapi.yaml` as it stands here.
public record Parameter(String name, Pattern shape) {
  public Parameter(String name, String shape) {
    this(name, Pattern.compile(shape));
  }

  public boolean takes(String value) {
    return shape.matcher(value).matches();
  }
}
