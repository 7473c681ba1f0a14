/// What somebody changes of the own account, and what the service desk does about accounts.
@NullMarked
package org.studygate.settings;

import org.jspecify.annotations.NullMarked;
