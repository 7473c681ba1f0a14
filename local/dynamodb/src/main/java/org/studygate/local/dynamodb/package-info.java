/// A process that serves DynamoDB's API for the local stack and the tests.
@NullMarked
package org.studygate.local.dynamodb;

import org.jspecify.annotations.NullMarked;
