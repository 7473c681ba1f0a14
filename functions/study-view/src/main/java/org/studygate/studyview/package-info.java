/// What a visit may read: list, study, pictures, report, who looked.
@NullMarked
package org.studygate.studyview;

import org.jspecify.annotations.NullMarked;
