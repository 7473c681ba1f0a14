package org.studygate.platform;

import java.util.Optional;

/// Where secrets come from. Nothing is fetched before it is first needed, so no snapshot holds one.
public interface Secrets {
  /// The field of the JSON secret, in its current version.
  String current(String arn, String field);

  /// The version before the last rotation; empty where there is none.
  Optional<String> previous(String arn, String field);
}
