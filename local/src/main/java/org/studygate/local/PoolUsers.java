package org.studygate.local;

import java.util.Optional;
import org.studygate.account.Account;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/// Users of the local pool, with a password and, where one is given, the secret that their
/// authenticator app has already (local/moto/cognito.py).
final class PoolUsers implements Cast.UserPool {
  private static final String POOL = "UserPool";
  private static final String SECRET = "custom:totp";

  private final CognitoIdentityProviderClient cognito;

  PoolUsers(CognitoIdentityProviderClient cognito) {
    this.cognito = cognito;
  }

  @Override
  public void put(Account account, String password, Optional<String> totpSecret) {
    try {
      cognito.adminCreateUser(
          user -> {
            user.userPoolId(POOL).username(account.id()).messageAction(MessageActionType.SUPPRESS);
            totpSecret.ifPresent(
                secret ->
                    user.userAttributes(
                        AttributeType.builder().name(SECRET).value(secret).build()));
          });
    } catch (UsernameExistsException there) {
      if (!halfMade(account)) {
        return; // of a former start: what was changed since stays
      }
    }
    cognito.adminSetUserPassword(
        set -> set.userPoolId(POOL).username(account.id()).password(password).permanent(true));
  }

  /// A start that was ended, or an answer that was lost, leaves somebody without a password.
  private boolean halfMade(Account account) {
    return cognito.adminGetUser(get -> get.userPoolId(POOL).username(account.id())).userStatus()
        == UserStatusType.FORCE_CHANGE_PASSWORD;
  }

  /// Nobody is there any more.
  void clear() {
    cognito
        .listUsersPaginator(list -> list.userPoolId(POOL))
        .users()
        .forEach(
            user -> cognito.adminDeleteUser(one -> one.userPoolId(POOL).username(user.username())));
  }
}
