package org.studygate.platform;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// The variables that `template.yaml` gives a function, read by name and refused at start when
/// missing.
public record Environment(Map<String, String> variables) {
  public Environment {
    variables = Map.copyOf(variables);
  }

  public static Environment ofProcess() {
    return new Environment(System.getenv());
  }

  public String required(String name) {
    return optional(name)
        .orElseThrow(
            () -> new IllegalStateException("environment variable " + name + " is missing"));
  }

  public Optional<String> optional(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  public URI publicOrigin() {
    return URI.create(required("PUBLIC_ORIGIN"));
  }
}
