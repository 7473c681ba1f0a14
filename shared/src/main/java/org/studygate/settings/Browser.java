package org.studygate.settings;

import java.time.Instant;

/// A browser that is remembered for its owner, who need not show the second factor in it.
///
/// @param device what it said it is, in a few words
public record Browser(String id, String device, Instant since, Instant until) {}
