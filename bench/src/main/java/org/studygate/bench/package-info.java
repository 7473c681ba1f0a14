/// Measurements, one command each; figures and how they were made stand in docs/performance.md.
@NullMarked
package org.studygate.bench;

import org.jspecify.annotations.NullMarked;
