package org.studygate.printing;

import java.util.Optional;

/// What the page begins with the next time.
///
/// @param prefix the country of the last mobile, as `+32`
public record Remembered(String verification, Optional<String> prefix, String language) {}
