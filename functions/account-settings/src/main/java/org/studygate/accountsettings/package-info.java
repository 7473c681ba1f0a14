/// What somebody sees and changes of the own account, and what the service desk does about
/// accounts.
@NullMarked
package org.studygate.accountsettings;

import org.jspecify.annotations.NullMarked;
