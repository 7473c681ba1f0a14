/// What people share with accounts, groups and departments, and with whoever has no account: which
/// studies may go on and by which way, one act that makes a bucket for each recipient.
@NullMarked
package org.studygate.sharing;

import org.jspecify.annotations.NullMarked;
