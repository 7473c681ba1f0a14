/// Signing in with an account: name, password, second factor; and what helps where one is missing.
@NullMarked
package org.studygate.accountlogin;

import org.jspecify.annotations.NullMarked;
