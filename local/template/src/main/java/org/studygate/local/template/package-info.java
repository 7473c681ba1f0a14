/// The one reader of `template.yaml` in Java: the local stack serves what it finds there, the tests
/// make their tables from it and hold handlers to their roles.
@NullMarked
package org.studygate.local.template;

import org.jspecify.annotations.NullMarked;
