/// Reference numbers as letters bear them and people type them, and their keyed hashes.
@NullMarked
package org.studygate.reference;

import org.jspecify.annotations.NullMarked;
