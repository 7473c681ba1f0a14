package org.studygate.checks.offenders.other;

import org.studygate.checks.offenders.feature.DynamoThings;

/// Reaches into another feature's insides.
public record Reaching(DynamoThings things) {}
