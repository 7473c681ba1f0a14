package org.studygate.audit;

/// What is written to the trail. Departments read all of it; what touches a study is also shown
/// to its patient ("who opened my study").
public enum AuditAction {
  /// A right combination or code opened a visit.
  SIGNED_IN("signed-in"),
  /// A combination or code was refused; the service desk looks here when somebody calls.
  SIGN_IN_REFUSED("sign-in-refused"),
  /// Somebody has made an account; the service desk has still to look.
  REGISTERED("registered"),
  /// An account has another password.
  PASSWORD_CHANGED("password-changed"),
  /// A visit was ended by its visitor.
  SIGNED_OUT("signed-out"),
  /// A code was put on its way.
  CODE_REQUESTED("code-requested"),
  /// SMS or mail was handed to the provider.
  MESSAGE_SENT("message-sent"),
  /// The list of an order's studies was shown.
  STUDIES_LISTED("studies-listed"),
  /// A study's description was shown.
  STUDY_VIEWED("study-viewed"),
  /// Addresses of a series' pictures were given out.
  IMAGES_VIEWED("images-viewed"),
  /// The address of a file as it came was given out.
  FILE_DOWNLOADED("file-downloaded"),
  /// A report was shown.
  REPORT_READ("report-read"),
  /// Something was asked for that was not allowed or not there.
  ACCESS_REFUSED("access-refused"),
  /// A hospital registered a number, or one was refused as too weak or taken.
  NUMBER_REGISTERED("number-registered"),
  NUMBER_REFUSED("number-refused"),
  /// An order got a number of ours, since its own is too weak or taken.
  NUMBER_REGENERATED("number-regenerated"),
  /// Somebody printed a number that opens a study; the outcome is what it asks for.
  NUMBER_PRINTED("number-printed"),
  /// The letter of a printed number was shown.
  LETTER_SHOWN("letter-shown"),
  /// What a number opened was withdrawn.
  WITHDRAWN("withdrawn"),
  /// Who has access to a study was shown, or which numbers were sent.
  ACCESS_LISTED("access-listed"),
  /// A row that let somebody see a study was withdrawn; the outcome says whose.
  GRANT_WITHDRAWN("grant-withdrawn"),
  /// One study is opened no longer by what opens others still.
  STUDY_TAKEN_OUT("study-taken-out"),
  /// Somebody at a department or the service desk opened a study without a right, with a reason.
  GLASS_BROKEN("glass-broken"),
  /// Somebody with an account has added what a number opens to the own list.
  REFERENCE_ADDED("reference-added"),
  /// Somebody with an account gave the code that what was shared asks for.
  CODE_PROVED("code-proved"),
  /// Number and date of birth were right, and what comes next was told: a payment or a pincode.
  STEP_SHOWN("step-shown"),
  /// Somebody was sent to the payment page.
  PAYMENT_STARTED("payment-started"),
  /// A payment came further; the outcome is its stage.
  PAYMENT("payment"),
  /// Somebody of the department said that it was paid.
  PAYMENT_MARKED("payment-marked"),
  /// The pincode was sent once more.
  PINCODE_SENT("pincode-sent"),
  /// Somebody changed the own settings; the outcome says which.
  SETTINGS_CHANGED("settings-changed"),
  /// A browser is remembered no longer.
  BROWSER_FORGOTTEN("browser-forgotten"),
  /// A member said that a group is as it is shown, or that it is not.
  GROUP_CONFIRMED("group-confirmed"),
  GROUP_DISPUTED("group-disputed"),
  /// The service desk looked for accounts; the outcome says how many it saw.
  ACCOUNTS_LISTED("accounts-listed"),
  /// Somebody looked for people, groups or departments to share with; the outcome says how many
  /// were shown, and what was typed is not kept.
  DIRECTORY_SEARCHED("directory-searched"),
  /// Whoever registered is who it says, or is not.
  ACCOUNT_VERIFIED("account-verified"),
  ACCOUNT_REFUSED("account-refused"),
  ACCOUNT_DISABLED("account-disabled"),
  ACCOUNT_ENABLED("account-enabled"),
  /// Studies of a department arrive by a physician number from now on, or no longer.
  MAPPING_ADDED("mapping-added"),
  MAPPING_REMOVED("mapping-removed"),
  /// A blocked number, bucket or account was unlocked.
  UNLOCKED("unlocked"),
  /// Staff looked at what stands at their desk.
  DESK_VIEWED("desk-viewed"),
  /// Staff looked for an order; what for is not kept.
  DESK_SEARCHED("desk-searched"),
  /// A receipt was marked as dealt with, or the mark taken off.
  RECEIPT_DONE("receipt-done"),
  /// A study was given to an order by hand, files of it were released, or either was taken
  /// back.
  STUDY_MATCHED("study-matched"),
  STUDY_RELEASED("study-released"),
  STUDY_UNMATCHED("study-unmatched"),
  /// What is odd about a study was looked at, and stays as it is.
  STUDY_LOOKED_AT("study-looked-at"),
  /// Somebody looked at the pictures of a copy without the person, and said what of them is shown.
  PIXELS_LOOKED_AT("pixels-looked-at"),
  /// A department has other rules, or says something else of itself.
  POLICY_CHANGED("policy-changed"),
  /// A study was shared; the outcome says with how many.
  STUDY_SHARED("study-shared"),
  /// Somebody looked at what was shared, by or with oneself.
  SHARES_LISTED("shares-listed");

  private final String code;

  AuditAction(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  static AuditAction of(String code) {
    for (var action : values()) {
      if (action.code.equals(code)) {
        return action;
      }
    }
    throw new IllegalArgumentException("no such action");
  }

  @Override
  public String toString() {
    return code;
  }
}
