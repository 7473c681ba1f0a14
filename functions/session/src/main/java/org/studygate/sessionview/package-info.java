/// The session of whoever is signed in: how long it lasts, longer, over.
@NullMarked
package org.studygate.sessionview;

import org.jspecify.annotations.NullMarked;
