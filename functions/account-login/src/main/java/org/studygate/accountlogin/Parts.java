package org.studygate.accountlogin;

import java.time.Clock;
import org.studygate.account.Accounts;
import org.studygate.account.GroupsDue;
import org.studygate.credential.AccountCodes;
import org.studygate.credential.PasswordRule;
import org.studygate.credential.SignIns;
import org.studygate.credential.UserPool;
import org.studygate.limit.SourceLimits;
import org.studygate.notice.Notices;
import org.studygate.platform.Pepper;
import org.studygate.platform.Tokens;

/// What the steps are made of.
record Parts(
    SignIns signIns,
    Accounts accounts,
    GroupsDue groups,
    UserPool pool,
    SourceLimits limits,
    AccountCodes codes,
    Notices notices,
    PasswordRule rule,
    Manner manner,
    Providers providers,
    Records records,
    Pepper pepper,
    Tokens tokens,
    Clock clock) {}
