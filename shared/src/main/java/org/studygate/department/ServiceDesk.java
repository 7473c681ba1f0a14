package org.studygate.department;

import java.util.Optional;
import org.studygate.platform.Environment;

/// Who helps with the pages themselves, whatever the department: an environment's own.
public record ServiceDesk(Optional<String> phone, Optional<String> email) {
  /// Empty where the environment has none.
  public static Optional<ServiceDesk> of(Environment environment) {
    var desk =
        new ServiceDesk(
            environment.optional("SERVICE_DESK_PHONE"), environment.optional("SERVICE_DESK_EMAIL"));
    return Optional.of(desk).filter(one -> one.phone().isPresent() || one.email().isPresent());
  }
}
