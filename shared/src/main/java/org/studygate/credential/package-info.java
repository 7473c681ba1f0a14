/// How people with an account prove who they are: passwords, second factors, remembered browsers,
/// and what was tried.
@NullMarked
package org.studygate.credential;

import org.jspecify.annotations.NullMarked;
