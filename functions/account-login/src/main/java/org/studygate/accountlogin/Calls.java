package org.studygate.accountlogin;

import org.studygate.json.JsonObject;
import org.studygate.reference.AsTyped;

/// What the bodies of the calls hold, and who answers them.
record Calls(Doorstep door, PasswordStep passwords, SecondFactor factor) {
  Outcome login(JsonObject body, Ask ask) {
    var username = body.string("username");
    body.done();
    return door.knock(username, ask);
  }

  Outcome password(JsonObject body, Ask ask) {
    var password = body.string("password");
    body.done();
    return passwords.judge(password, ask);
  }

  Outcome challenge(JsonObject body, Ask ask) {
    var code = AsTyped.digits(body.string("code"));
    var remember = body.bool("rememberBrowser", false);
    body.done();
    return factor.judge(code, remember, ask);
  }

  Outcome factor(JsonObject body, Ask ask) {
    var chosen = body.string("factor");
    body.done();
    return factor.choose(chosen, ask);
  }

  Outcome otp(JsonObject body, Ask ask) {
    body.done();
    return factor.again(ask);
  }

  Outcome step(Ask ask) {
    return factor.standing(ask);
  }
}
