/// Reading and writing of DynamoDB attribute values, once for all stores.
@NullMarked
package org.studygate.dynamo;

import org.jspecify.annotations.NullMarked;
