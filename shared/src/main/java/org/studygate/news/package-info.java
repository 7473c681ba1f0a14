/// Mails that a study or its report is there.
@NullMarked
package org.studygate.news;

import org.jspecify.annotations.NullMarked;
