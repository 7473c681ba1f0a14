package org.studygate.wiring;

import org.jspecify.annotations.Nullable;
import org.studygate.access.AccessDesk;
import org.studygate.access.Authorisation;
import org.studygate.access.Buckets;
import org.studygate.access.DynamoAccessDesk;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.DynamoDesk;
import org.studygate.access.DynamoGrants;
import org.studygate.access.DynamoUnlocks;
import org.studygate.access.Grants;
import org.studygate.access.NumberDesk;
import org.studygate.access.Settling;
import org.studygate.access.Unlocks;
import org.studygate.access.Unsent;
import org.studygate.account.Accounts;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.DynamoGroups;
import org.studygate.account.Groups;
import org.studygate.audit.AuditTrail;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.copying.Copies;
import org.studygate.copying.CopyDesk;
import org.studygate.copying.DynamoCopies;
import org.studygate.copying.DynamoCopyDesk;
import org.studygate.copying.Release;
import org.studygate.credential.DynamoSignIns;
import org.studygate.credential.SignIns;
import org.studygate.department.Departments;
import org.studygate.department.DynamoDepartments;
import org.studygate.digest.Days;
import org.studygate.digest.DynamoDays;
import org.studygate.digest.DynamoTally;
import org.studygate.directory.Directory;
import org.studygate.directory.DynamoDirectory;
import org.studygate.directory.DynamoFavourites;
import org.studygate.directory.Favourites;
import org.studygate.limit.DynamoLimits;
import org.studygate.limit.DynamoSourceLimits;
import org.studygate.limit.Limits;
import org.studygate.limit.SourceLimits;
import org.studygate.mark.DynamoMarks;
import org.studygate.mark.Marks;
import org.studygate.news.DynamoNews;
import org.studygate.news.News;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.Outbox;
import org.studygate.notice.Seal;
import org.studygate.order.Cards;
import org.studygate.order.DynamoCards;
import org.studygate.order.DynamoOrderDesk;
import org.studygate.order.DynamoOrders;
import org.studygate.order.DynamoReportFiles;
import org.studygate.order.OrderDesk;
import org.studygate.order.Orders;
import org.studygate.order.ReportFiles;
import org.studygate.payment.DynamoPayments;
import org.studygate.payment.Payments;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens;
import org.studygate.policy.DynamoPolicyDesk;
import org.studygate.policy.PolicyDesk;
import org.studygate.printing.DynamoPrints;
import org.studygate.printing.Prints;
import org.studygate.receipt.DynamoReceiptBook;
import org.studygate.receipt.DynamoReceiptNotes;
import org.studygate.receipt.ReceiptBook;
import org.studygate.receipt.ReceiptNotes;
import org.studygate.receipt.Tally;
import org.studygate.reference.DynamoReferences;
import org.studygate.reference.References;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Sessions;
import org.studygate.settings.AccountDesk;
import org.studygate.settings.DynamoAccountDesk;
import org.studygate.settings.DynamoSettings;
import org.studygate.settings.Settings;
import org.studygate.sharing.DynamoOpenings;
import org.studygate.sharing.DynamoRelease;
import org.studygate.sharing.DynamoShares;
import org.studygate.sharing.Openings;
import org.studygate.sharing.Shares;
import org.studygate.signin.Challenges;
import org.studygate.signin.DynamoChallenges;
import org.studygate.signin.DynamoEntrance;
import org.studygate.signin.DynamoProofs;
import org.studygate.signin.Entrance;
import org.studygate.signin.Proofs;
import org.studygate.study.DynamoStudies;
import org.studygate.study.DynamoStudyDesk;
import org.studygate.study.Studies;
import org.studygate.study.StudyDesk;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The stores of a function, each made where it is wanted: so a function is asked for the variables
/// of its own stores and for no other. The template's rules read from here which those are, and no
/// function knows more of a store than what it does.
public final class Stores {
  private final Platform platform;
  private final DynamoDbClient dynamo;
  private @Nullable Pepper pepper;

  public Stores(Platform platform) {
    this(platform, platform.aws().dynamo());
  }

  public Stores(Platform platform, DynamoDbClient dynamo) {
    this.platform = platform;
    this.dynamo = dynamo;
  }

  public Departments departments() {
    return new DynamoDepartments(dynamo, name("DEPARTMENTS_TABLE"));
  }

  public PolicyDesk policyDesk() {
    return new DynamoPolicyDesk(dynamo, name("DEPARTMENTS_TABLE"), events());
  }

  public Orders orders() {
    return new DynamoOrders(dynamo, name("ORDERS_TABLE"));
  }

  public OrderDesk orderDesk() {
    return new DynamoOrderDesk(dynamo, name("ORDERS_TABLE"));
  }

  public ReportFiles reportFiles() {
    return new DynamoReportFiles(dynamo, name("ORDERS_TABLE"));
  }

  public Studies studies() {
    return new DynamoStudies(dynamo, name("STUDIES_TABLE"));
  }

  public Cards cards() {
    return new DynamoCards(dynamo, name("STUDIES_TABLE"));
  }

  /// For functions that open buckets of copies.
  public Release release() {
    return new DynamoRelease(
        dynamo,
        new DynamoRelease.Tables(
            name("BUCKETS_TABLE"), name("STUDIES_TABLE"), name("OUTBOX_TABLE")));
  }

  public Copies copies() {
    return new DynamoCopies(dynamo, name("STUDIES_TABLE"));
  }

  public CopyDesk copyDesk() {
    return new DynamoCopyDesk(dynamo, name("STUDIES_TABLE"), events());
  }

  public Marks marks() {
    return new DynamoMarks(dynamo, name("MARKS_TABLE"), events());
  }

  public StudyDesk studyDesk() {
    return new DynamoStudyDesk(dynamo, name("STUDIES_TABLE"), events());
  }

  public References references() {
    return new DynamoReferences(dynamo, name("REFERENCES_TABLE"));
  }

  public Buckets buckets() {
    return new DynamoBuckets(dynamo, name("BUCKETS_TABLE"));
  }

  public Unsent unsent() {
    return new DynamoBuckets(dynamo, name("BUCKETS_TABLE"));
  }

  public Unlocks unlocks() {
    return new DynamoUnlocks(dynamo, name("BUCKETS_TABLE"), name("REFERENCES_TABLE"), events());
  }

  public NumberDesk numberDesk() {
    return new DynamoDesk(dynamo, name("BUCKETS_TABLE"), name("REFERENCES_TABLE"), events());
  }

  public Prints prints() {
    return new DynamoPrints(
        dynamo,
        new DynamoPrints.Tables(
            name("ACTS_TABLE"),
            name("BUCKETS_TABLE"),
            name("REFERENCES_TABLE"),
            name("ACCOUNTS_TABLE"),
            name("STUDIES_TABLE")),
        events(),
        Seal.of("act", pepper(), platform.random()));
  }

  /// For the function that opens studies.
  public Openings openings() {
    return new DynamoOpenings(dynamo, name("BUCKETS_TABLE"), name("OUTBOX_TABLE"));
  }

  public Shares shares() {
    return new DynamoShares(
        dynamo,
        new DynamoShares.Tables(
            name("ACTS_TABLE"),
            name("BUCKETS_TABLE"),
            name("GRANTS_TABLE"),
            name("REFERENCES_TABLE"),
            name("OUTBOX_TABLE"),
            name("ACCOUNTS_TABLE"),
            name("STUDIES_TABLE")),
        events(),
        Seal.of("share", pepper(), platform.random()));
  }

  public AccessDesk accessDesk() {
    return new DynamoAccessDesk(
        dynamo,
        new DynamoAccessDesk.Tables(
            name("GRANTS_TABLE"), name("BUCKETS_TABLE"), name("REFERENCES_TABLE")),
        events());
  }

  public Accounts accounts() {
    return new DynamoAccounts(dynamo, name("ACCOUNTS_TABLE"));
  }

  /// For functions that judge passwords and codes of accounts.
  public SignIns signIns() {
    return new DynamoSignIns(
        dynamo,
        new DynamoSignIns.Tables(
            name("ACCOUNTS_TABLE"),
            name("CHALLENGES_TABLE"),
            name("SESSIONS_TABLE"),
            name("LIMITS_TABLE"),
            name("OUTBOX_TABLE")),
        events(),
        Seal.of("step", pepper(), platform.random()),
        tokens());
  }

  /// For a function that judges what somebody knows in a visit that is open.
  public SignIns tries() {
    return new DynamoSignIns(
        dynamo,
        DynamoSignIns.Tables.ofTries(name("ACCOUNTS_TABLE")),
        events(),
        Seal.of("step", pepper(), platform.random()),
        tokens());
  }

  public Groups groups() {
    return new DynamoGroups(
        dynamo, new DynamoGroups.Tables(name("GROUPS_TABLE"), name("ACCOUNTS_TABLE")));
  }

  public Directory directory() {
    return new DynamoDirectory(
        dynamo, new DynamoDirectory.Tables(name("ACCOUNTS_TABLE"), name("GROUPS_TABLE")));
  }

  public Favourites favourites() {
    return new DynamoFavourites(dynamo, name("ACCOUNTS_TABLE"));
  }

  public Settings settings() {
    return new DynamoSettings(
        dynamo,
        new DynamoSettings.Tables(
            name("ACCOUNTS_TABLE"),
            name("GROUPS_TABLE"),
            name("SESSIONS_TABLE"),
            name("OUTBOX_TABLE")),
        events());
  }

  public Grants grants() {
    return new DynamoGrants(
        dynamo, new DynamoGrants.Tables(name("GRANTS_TABLE"), name("BUCKETS_TABLE")));
  }

  /// What follows for rights from how a study stands.
  public Settling settling() {
    var authorisation = new Authorisation(orders(), studies(), departments(), platform.clock());
    return new Settling(studies(), authorisation, accounts(), grants(), buckets());
  }

  public AccountDesk accountDesk() {
    return new DynamoAccountDesk(
        dynamo,
        new DynamoAccountDesk.Tables(
            name("ACCOUNTS_TABLE"), name("BUCKETS_TABLE"), name("OUTBOX_TABLE")),
        events());
  }

  public Sessions sessions() {
    return new DynamoSessions(dynamo, name("SESSIONS_TABLE"));
  }

  public Entrance entrance() {
    return new DynamoEntrance(dynamo, name("SESSIONS_TABLE"), events());
  }

  public Limits limits() {
    return new DynamoLimits(dynamo, name("LIMITS_TABLE"));
  }

  public SourceLimits sourceLimits() {
    return new DynamoSourceLimits(dynamo, name("LIMITS_TABLE"));
  }

  /// For a function that opens and reads steps.
  public Challenges steps() {
    return new DynamoChallenges(dynamo, DynamoChallenges.Tables.ofSteps(name("CHALLENGES_TABLE")));
  }

  /// For a function that sends codes and may not redeem them.
  public Challenges codesToSend() {
    return new DynamoChallenges(
        dynamo,
        DynamoChallenges.Tables.ofSending(
            name("CHALLENGES_TABLE"), name("LIMITS_TABLE"), name("OUTBOX_TABLE")));
  }

  /// For the function that sends and judges codes for visits that are there already.
  public Challenges codesToProve() {
    return new DynamoChallenges(
        dynamo,
        DynamoChallenges.Tables.ofProof(
            name("CHALLENGES_TABLE"),
            name("LIMITS_TABLE"),
            name("OUTBOX_TABLE"),
            name("BUCKETS_TABLE")));
  }

  /// For the same function.
  public Proofs proofs() {
    return new DynamoProofs(
        dynamo,
        new DynamoProofs.Tables(
            name("CHALLENGES_TABLE"), name("BUCKETS_TABLE"), name("SESSIONS_TABLE")),
        events());
  }

  /// For the same function.
  public Payments pincodesToProve() {
    return new DynamoPayments(
        dynamo,
        DynamoPayments.Tables.ofProof(
            name("PAYMENTS_TABLE"), name("BUCKETS_TABLE"), name("CHALLENGES_TABLE")),
        events());
  }

  /// For the function that redeems codes and may not send them.
  public Challenges codesToRedeem() {
    return new DynamoChallenges(
        dynamo,
        DynamoChallenges.Tables.ofRedemption(
            name("CHALLENGES_TABLE"), name("SESSIONS_TABLE"), name("BUCKETS_TABLE")));
  }

  /// For a function that only looks.
  public Payments payments() {
    return new DynamoPayments(
        dynamo, DynamoPayments.Tables.ofLooking(name("PAYMENTS_TABLE")), events());
  }

  /// For the function that judges pincodes.
  public Payments pincodes() {
    return new DynamoPayments(
        dynamo,
        DynamoPayments.Tables.ofEntry(
            name("PAYMENTS_TABLE"),
            name("BUCKETS_TABLE"),
            name("CHALLENGES_TABLE"),
            name("SESSIONS_TABLE")),
        events());
  }

  /// For functions that open and settle payments.
  public Payments settlements() {
    return new DynamoPayments(
        dynamo,
        DynamoPayments.Tables.ofSettlement(
            name("PAYMENTS_TABLE"), name("OUTBOX_TABLE"), name("BUCKETS_TABLE")),
        events());
  }

  public News news() {
    return new DynamoNews(dynamo, name("GRANTS_TABLE"), name("OUTBOX_TABLE"), platform.clock());
  }

  public Outbox outbox() {
    return new DynamoOutbox(dynamo, name("OUTBOX_TABLE"), events());
  }

  public Days days() {
    return new DynamoDays(dynamo, name("RECEIPTS_TABLE"), name("OUTBOX_TABLE"));
  }

  public Tally tally() {
    return new DynamoTally(dynamo, name("RECEIPTS_TABLE"), platform.clock());
  }

  public ReceiptNotes receiptNotes() {
    return new DynamoReceiptNotes(dynamo, name("RECEIPTS_TABLE"));
  }

  public ReceiptBook receiptBook() {
    return new DynamoReceiptBook(dynamo, name("RECEIPTS_TABLE"), events());
  }

  public AuditTrail trail() {
    return events();
  }

  private DynamoAuditTrail events() {
    return new DynamoAuditTrail(dynamo, name("AUDIT_TABLE"), tokens());
  }

  /// It keeps the secret once it has read it: one for a function.
  public Pepper pepper() {
    var made = pepper;
    if (made == null) {
      made = new Pepper(platform.secrets(), name("PEPPER_SECRET_ARN"));
      pepper = made;
    }
    return made;
  }

  public Tokens tokens() {
    return new Tokens(platform.random());
  }

  private String name(String variable) {
    return platform.environment().required(variable);
  }
}
