/// Words in seven languages, one set of catalogues for pages, mail and SMS.
@NullMarked
package org.studygate.i18n;

import org.jspecify.annotations.NullMarked;
