/// Orders: who a study is for.
@NullMarked
package org.studygate.order;

import org.jspecify.annotations.NullMarked;
