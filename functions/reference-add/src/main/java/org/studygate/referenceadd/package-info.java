/// A study is added to a professional's list by the number of a patient's letter.
@NullMarked
package org.studygate.referenceadd;

import org.jspecify.annotations.NullMarked;
