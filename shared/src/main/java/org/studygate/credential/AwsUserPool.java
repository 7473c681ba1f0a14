package org.studygate.credential;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CodeMismatchException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.EnableSoftwareTokenMfaException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExpiredCodeException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.PasswordResetRequiredException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SoftwareTokenMfaSettingsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotConfirmedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifySoftwareTokenResponseType;

/// Cognito, asked by us on behalf of a browser that never speaks to it. The tokens that it gives
/// are kept by nobody: one serves to add an app, a few minutes and under seal.
public final class AwsUserPool implements UserPool {
  private final CognitoIdentityProviderClient cognito;
  private final String pool;
  private final String client;

  public AwsUserPool(CognitoIdentityProviderClient cognito, String pool, String client) {
    this.cognito = cognito;
    this.pool = pool;
    this.client = client;
  }

  @Override
  public Password judge(String account, String password) {
    try {
      return asked(
          cognito.adminInitiateAuth(
              request ->
                  request
                      .userPoolId(pool)
                      .clientId(client)
                      .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
                      .authParameters(
                          Map.of("USERNAME", account, "PASSWORD", PasswordRule.plain(password)))));
    } catch (NotAuthorizedException
        | UserNotFoundException
        | UserNotConfirmedException
        | PasswordResetRequiredException wrong) {
      return new Password.Wrong();
    }
  }

  private static Password asked(AdminInitiateAuthResponse answer) {
    return switch (answer.challengeName()) {
      case null -> new Password.Right(answer.authenticationResult().accessToken());
      case ChallengeNameType.SOFTWARE_TOKEN_MFA -> new Password.AppAsked(answer.session());
      case ChallengeNameType.NEW_PASSWORD_REQUIRED -> new Password.First();
      default -> throw new IllegalStateException("the user pool asks for what we do not know");
    };
  }

  @Override
  public Code judge(String account, String session, String code) {
    return judged(
        () ->
            cognito
                .adminRespondToAuthChallenge(
                    request ->
                        request
                            .userPoolId(pool)
                            .clientId(client)
                            .session(session)
                            .challengeName(ChallengeNameType.SOFTWARE_TOKEN_MFA)
                            .challengeResponses(
                                Map.of("USERNAME", account, "SOFTWARE_TOKEN_MFA_CODE", code)))
                .authenticationResult()
                .accessToken());
  }

  @Override
  public Optional<String> enrol(String token) {
    try {
      return Optional.of(
          cognito.associateSoftwareToken(request -> request.accessToken(token)).secretCode());
    } catch (NotAuthorizedException over) {
      return Optional.empty();
    }
  }

  @Override
  public Code enrolled(String account, String token, String code) {
    var first =
        judged(
            () -> {
              var answer =
                  cognito.verifySoftwareToken(request -> request.accessToken(token).userCode(code));
              if (answer.status() != VerifySoftwareTokenResponseType.SUCCESS) {
                throw CodeMismatchException.builder().build();
              }
              return token;
            });
    if (first instanceof Code.Right) {
      app(account, app -> app.enabled(true).preferredMfa(true));
    }
    return first;
  }

  /// A code that is not six digits is refused by a rule of shape, before it is compared.
  private static Code judged(Supplier<String> asked) {
    try {
      return new Code.Right(asked.get());
    } catch (CodeMismatchException | EnableSoftwareTokenMfaException | ExpiredCodeException wrong) {
      return new Code.Wrong();
    } catch (NotAuthorizedException over) {
      return new Code.Late();
    }
  }

  @Override
  public void forgetApp(String account) {
    app(account, app -> app.enabled(false).preferredMfa(false));
  }

  private void app(String account, Consumer<SoftwareTokenMfaSettingsType.Builder> settings) {
    cognito.adminSetUserMFAPreference(
        request -> request.userPoolId(pool).username(account).softwareTokenMfaSettings(settings));
  }

  @Override
  public void create(String account, String password) {
    try {
      cognito.adminCreateUser(
          request ->
              request.userPoolId(pool).username(account).messageAction(MessageActionType.SUPPRESS));
    } catch (UsernameExistsException alreadyThere) {
      // begun before, and ended half way
    }
    set(account, password);
  }

  @Override
  public void set(String account, String password) {
    cognito.adminSetUserPassword(
        request ->
            request
                .userPoolId(pool)
                .username(account)
                .password(PasswordRule.plain(password))
                .permanent(true));
  }
}
