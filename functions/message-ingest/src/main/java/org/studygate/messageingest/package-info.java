/// Orders, reports and done messages of hospitals.
@NullMarked
package org.studygate.messageingest;

import org.jspecify.annotations.NullMarked;
