package org.studygate.checks.offenders.feature;

/// A store, for others to reach into.
public record DynamoThings(String table) {}
