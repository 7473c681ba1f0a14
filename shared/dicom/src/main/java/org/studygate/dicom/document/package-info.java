/// What a document says, flattened to lines that a page can show as text: the content tree of
/// structured reports and key object selections (PS3.3 C.17.3), the narrative of CDA. Nothing here
// is markup, and nothing
/// grows beyond its bounds: what is left out is said.
///
/// Begin with [org.studygate.dicom.document.Contents].
@NullMarked
package org.studygate.dicom.document;

import org.jspecify.annotations.NullMarked;
