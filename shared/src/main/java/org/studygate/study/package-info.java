/// Studies, series, instances and reports as hospitals sent them.
@NullMarked
package org.studygate.study;

import org.jspecify.annotations.NullMarked;
