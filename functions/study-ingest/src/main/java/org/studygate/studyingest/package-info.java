/// What hospitals put into the inbox, made into studies.
@NullMarked
package org.studygate.studyingest;

import org.jspecify.annotations.NullMarked;
