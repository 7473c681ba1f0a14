/// Breaks rules, so that they can be seen to bite.
@NullMarked
package org.studygate.checks.offenders.second;

import org.jspecify.annotations.NullMarked;
