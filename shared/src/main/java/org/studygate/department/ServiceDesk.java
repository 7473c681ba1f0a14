package org.studygate.department;

import java.util.Optional;

/// Who helps with the pages themselves, whatever the department: an environment's own.
public record ServiceDesk(Optional<String> phone, Optional<String> email) {
  /// Empty where the environment names none.
  public static Optional<ServiceDesk> of(Optional<String> phone, Optional<String> email) {
    return phone.or(() -> email).map(_ -> new ServiceDesk(phone, email));
  }
}
