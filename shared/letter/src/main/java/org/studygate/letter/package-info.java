/// The letter that a reference number is handed over with, as a PDF.
@NullMarked
package org.studygate.letter;

import org.jspecify.annotations.NullMarked;
