/// The whole system on one machine, driven by `template.yaml`. Everything listens on loopback
/// alone.
@NullMarked
package org.studygate.local;

import org.jspecify.annotations.NullMarked;
