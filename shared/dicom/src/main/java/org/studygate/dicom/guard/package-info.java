/// What a file must pass before anything else touches it: where its elements and frames lie, how
/// much of everything it may hold, and why it is refused. The DICOM library is asked here for its
/// dictionary alone, so that it and the walker see the same sequences.
///
/// Begin with [org.studygate.dicom.guard.Preflight], then
/// [org.studygate.dicom.guard.Walker]; what the walker refuses goes to
/// [org.studygate.dicom.guard.Mender], whose copy the walker judges again. The limits stand in
/// [org.studygate.dicom.guard.Bounds], what drawing may cost in
/// [org.studygate.dicom.guard.Budget].
@NullMarked
package org.studygate.dicom.guard;

import org.jspecify.annotations.NullMarked;
