/// API Gateway's payload 2.0 in, records out; the guards every call passes; problems as one enum.
@NullMarked
package org.studygate.http;

import org.jspecify.annotations.NullMarked;
