package org.studygate.accountlogin;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.studygate.json.JsonObject;
import org.studygate.platform.Environment;
import org.studygate.platform.Sha256;

/// Hospitals that sign their own people in, by the domain of the mail address, through the sign-in
/// pages of the user pool. Which there are is a parameter of the deployment: a handful that change
/// with contracts, never with a request.
///
/// @param signIn where those pages are
/// @param issuer who signs what comes of it; its keys lie below
/// @param back the page of ours to which a browser returns
record Providers(List<Provider> all, String signIn, String issuer, String client, String back) {
  private static final String RETURN = "/professional/return";

  /// @param strong whether it asks for a second factor itself, so that ours is not asked
  record Provider(String domain, String name, boolean strong) {}

  static Providers of(Environment environment) {
    var domains = environment.optional("FEDERATED_DOMAINS").orElse("{}");
    return new Providers(
        JsonObject.parse(domains.getBytes(StandardCharsets.UTF_8)).objects("domains").stream()
            .map(
                one ->
                    new Provider(
                        one.string("domain").toLowerCase(Locale.ROOT),
                        one.string("provider"),
                        one.bool("strong", false)))
            .toList(),
        environment.required("SIGN_IN_ORIGIN"),
        environment.required("POOL_ISSUER"),
        environment.required("USER_POOL_CLIENT"),
        environment.publicOrigin() + RETURN);
  }

  Optional<Provider> of(String username) {
    var name = username.strip().toLowerCase(Locale.ROOT);
    var domain = name.substring(name.lastIndexOf('@') + 1);
    return all.stream().filter(one -> one.domain().equals(domain)).findFirst();
  }

  /// Where a browser goes (RFC 6749, 4.1.1; RFC 7636). Who comes is not told: addresses are kept by
  /// browsers and servers alike.
  String authorize(Provider provider, String state, String nonce, String verifier) {
    var asked = new LinkedHashMap<String, String>();
    asked.put("identity_provider", provider.name());
    asked.put("response_type", "code");
    asked.put("client_id", client);
    asked.put("redirect_uri", back);
    asked.put("scope", "openid email");
    asked.put("state", state);
    asked.put("nonce", nonce);
    asked.put("code_challenge", challenge(verifier));
    asked.put("code_challenge_method", "S256");
    return signIn + "/oauth2/authorize?" + form(asked);
  }

  URI token() {
    return URI.create(signIn + "/oauth2/token");
  }

  /// What changes a code into a token (RFC 6749, 4.1.3).
  String exchange(String code, String verifier) {
    var asked = new LinkedHashMap<String, String>();
    asked.put("grant_type", "authorization_code");
    asked.put("client_id", client);
    asked.put("redirect_uri", back);
    asked.put("code", code);
    asked.put("code_verifier", verifier);
    return form(asked);
  }

  URI keys() {
    return URI.create(issuer + "/.well-known/jwks.json");
  }

  static String challenge(String verifier) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(one -> one.getKey() + '=' + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
