/// Words in the languages of patients, from the catalogues that pages and messages share.
@NullMarked
package org.studygate.i18n;

import org.jspecify.annotations.NullMarked;
