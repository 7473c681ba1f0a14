/// What a file says in words and numbers: patient, study, series, image, how stored values become
/// gray, and all of it as DICOM JSON. The DICOM library is called here; none of its types leaves
/// but for de-identification, which writes them again; and it never sees a file that the walker has
// not accepted. Text that does not decode becomes
/// replacement characters.
///
/// Begin with [org.studygate.dicom.header.DicomReader]; what it answers is a
/// [org.studygate.dicom.header.DicomHeader].
@NullMarked
package org.studygate.dicom.header;

import org.jspecify.annotations.NullMarked;
