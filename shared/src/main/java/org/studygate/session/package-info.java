/// Opaque visits, stored hashed, ended on the server.
@NullMarked
package org.studygate.session;

import org.jspecify.annotations.NullMarked;
