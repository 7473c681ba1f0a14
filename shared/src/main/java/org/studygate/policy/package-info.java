/// A department's description as its people change it: versions, what is wrong with a proposal, and
/// what a change has changed.
@NullMarked
package org.studygate.policy;

import org.jspecify.annotations.NullMarked;
