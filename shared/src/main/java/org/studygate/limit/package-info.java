/// How often within which time: every number of the product in one table.
@NullMarked
package org.studygate.limit;

import org.jspecify.annotations.NullMarked;
