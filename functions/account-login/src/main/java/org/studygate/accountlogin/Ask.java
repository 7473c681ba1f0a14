package org.studygate.accountlogin;

import java.util.Optional;
import org.studygate.platform.Tokens.Token;

/// Who asks, as far as a request tells.
///
/// @param cookie of a step, or of a visit of before
/// @param browser what a remembered one shows
record Ask(
    Optional<Token> cookie,
    Optional<Token> browser,
    String address,
    String device,
    String requestId) {}
