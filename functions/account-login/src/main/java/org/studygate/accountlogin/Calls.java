package org.studygate.accountlogin;

import org.studygate.accountlogin.Registration.Wish;
import org.studygate.http.Problem;
import org.studygate.json.JsonObject;
import org.studygate.reference.AsTyped;

/// What the bodies of the calls hold, and who answers them.
record Calls(
    Doorstep door,
    PasswordStep passwords,
    SecondFactor factor,
    Forgotten forgotten,
    Registration registration,
    Federated federated,
    Providers providers) {
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST = 254;

  Outcome login(JsonObject body, Ask ask) {
    var username = body.string("username");
    body.done();
    return providers
        .of(username)
        .map(provider -> federated.send(provider, ask))
        .orElseGet(() -> door.knock(username, ask));
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

  Outcome change(JsonObject body, Ask ask) {
    body.done();
    return door.change(ask);
  }

  Outcome otp(JsonObject body, Ask ask) {
    body.done();
    return factor.again(ask);
  }

  Outcome forgot(JsonObject body, Ask ask) {
    var username = body.string("username");
    body.done();
    return forgotten.begin(username, ask);
  }

  Outcome newPassword(JsonObject body, Ask ask) {
    var code = body.optionalString("code").map(AsTyped::digits);
    var password = body.string("password");
    body.done();
    return forgotten.choose(code, password, ask);
  }

  Outcome register(JsonObject body, Ask ask) {
    var wish =
        new Wish(
            text(body, "givenName", LONGEST_NAME),
            text(body, "familyName", LONGEST_NAME),
            text(body, "username", LONGEST),
            text(body, "mobile", LONGEST_NAME),
            text(body, "physicianNumber", LONGEST_NAME),
            text(body, "language", LONGEST_NAME));
    var password = body.string("password");
    body.done();
    return registration.begin(wish, password, ask);
  }

  private static String text(JsonObject body, String field, int most) {
    return body.optionalText(field, most).orElseThrow(() -> Problem.BAD_REQUEST.refusal(field));
  }

  Outcome verify(JsonObject body, Ask ask) {
    var code = AsTyped.digits(body.string("code"));
    body.done();
    return registration.verify(code, ask);
  }

  Outcome back(JsonObject body, Ask ask) {
    var code = body.string("code");
    var state = body.string("state");
    body.done();
    return federated.back(code, state, ask);
  }

  Outcome step(Ask ask) {
    return factor.standing(ask);
  }
}
