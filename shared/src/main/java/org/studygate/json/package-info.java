/// Strict reading and plain writing of JSON on jackson-core's streams, without data binding.
@NullMarked
package org.studygate.json;

import org.jspecify.annotations.NullMarked;
