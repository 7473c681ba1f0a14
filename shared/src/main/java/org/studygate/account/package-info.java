/// People with an account of their own: who they are to a department.
@NullMarked
package org.studygate.account;

import org.jspecify.annotations.NullMarked;
