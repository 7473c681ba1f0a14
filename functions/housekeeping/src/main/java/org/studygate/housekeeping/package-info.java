/// Every minute: what waits for a time that has come.
@NullMarked
package org.studygate.housekeeping;

import org.jspecify.annotations.NullMarked;
