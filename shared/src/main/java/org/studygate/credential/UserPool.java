package org.studygate.credential;

import java.util.Optional;

/// Who keeps passwords and the secrets of authenticator apps: nobody of ours ever sees them again.
/// A user of the pool is called by the id of the account and has no other attribute.
public interface UserPool {
  /// Whether this is the password. It is asked for accounts that do not exist too, alike.
  Password judge(String account, String password);

  sealed interface Password {
    /// @param token with which an authenticator app can be added
    record Right(String token) implements Password {
      @Override
      public String toString() {
        return "Right[…]";
      }
    }

    /// It is right, and an authenticator app is to be asked.
    ///
    /// @param session to answer in
    record AppAsked(String session) implements Password {
      @Override
      public String toString() {
        return "AppAsked[…]";
      }
    }

    /// It is right, and somebody else has chosen it: another one comes first.
    record First() implements Password {}

    record Wrong() implements Password {}
  }

  /// What came of a code of an authenticator app.
  sealed interface Code {
    /// @param token with which another app can be added
    record Right(String token) implements Code {
      @Override
      public String toString() {
        return "Right[…]";
      }
    }

    record Wrong() implements Code {}

    /// The time to answer is over.
    record Late() implements Code {}
  }

  /// Judges a code of an app that was asked.
  Code judge(String account, String session, String code);

  /// A new secret for an app; empty where the token is over. It counts once `enrolled`.
  Optional<String> enrol(String token);

  /// The first code of an app that got the secret: from now on it is asked for.
  Code enrolled(String account, String token, String code);

  /// No app is asked any more.
  void forgetApp(String account);

  /// A new user; one that is there already stays, with this password.
  void create(String account, String password);

  /// Another password; the one before is over.
  void set(String account, String password);
}
