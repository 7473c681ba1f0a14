/// The visit of a patient: how long it lasts, longer, over.
@NullMarked
package org.studygate.visit;

import org.jspecify.annotations.NullMarked;
