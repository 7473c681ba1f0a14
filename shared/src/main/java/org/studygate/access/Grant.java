package org.studygate.access;

import java.util.Optional;
import org.studygate.order.Order;
import org.studygate.study.OrderId;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// A row that says: this principal may see this study, as long as that bucket is live. Alone it
/// gives nothing, so it may be written early, late or twice.
///
/// @param principal `account:…`, `group:…` or `department:…`
/// @param kind never `GROUP`: whose a row is says that
/// @param by the account whose mapping made it
/// @param order by which it came here; of a department, under which the study is filed
/// @param place where lists and searches find it
public record Grant(
    StudyId study,
    String principal,
    String bucket,
    Reason.Kind kind,
    Optional<String> by,
    Optional<OrderId> order,
    Place place) {
  private static final String ACCOUNT = "account:";
  private static final String GROUP = "group:";
  private static final String NUMBER = "number:";

  /// @param listed the moment of the exam, and the study, so that no two are alike
  /// @param nameKey see [#nameKey]
  public record Place(String listed, String nameKey) {
    @Override
    public String toString() {
      return "Place[…]";
    }
  }

  public static String ofAccount(String account) {
    return ACCOUNT + account;
  }

  public static String ofGroup(String group) {
    return GROUP + group;
  }

  public static String ofDepartment(String department) {
    return "department:" + department;
  }

  /// The account whose row it is.
  public Optional<String> account() {
    return behind(ACCOUNT);
  }

  public Optional<String> group() {
    return behind(GROUP);
  }

  private Optional<String> behind(String kind) {
    return Optional.of(principal)
        .filter(one -> one.startsWith(kind))
        .map(one -> one.substring(kind.length()));
  }

  /// Names a bucket under a study that it opens, so that whoever looks after the study finds it. It
  /// is nobody's row and gives nothing.
  public static Grant naming(String bucket, Study study, Optional<Order> order) {
    return new Grant(
        study.id(),
        NUMBER + bucket,
        bucket,
        Reason.Kind.REFERENCE,
        Optional.empty(),
        study.order(),
        Places.of(study, order));
  }

  /// Of what somebody gives to an account, a group or a department.
  ///
  /// @param study with its order as it stands, if there is one
  public static Grant shared(
      String principal, String bucket, String by, Study study, Optional<Order> order) {
    return new Grant(
        study.id(),
        principal,
        bucket,
        Reason.Kind.SHARED,
        Optional.of(by),
        study.order(),
        Places.of(study, order));
  }

  /// Whether it names a bucket only.
  public boolean names() {
    return principal.startsWith(NUMBER);
  }

  String holder() {
    return principal + '#' + bucket;
  }

  /// Where it is found in an index.
  Line line() {
    return new Line(study, principal, bucket);
  }

  /// What is told of it.
  Reason.Kind told() {
    return kind != Reason.Kind.SHARED && principal.startsWith(GROUP) ? Reason.Kind.GROUP : kind;
  }

  /// A department sees what it made, whatever order it turns out to belong to. All else came by an
  /// order, and goes with it.
  boolean byOrder() {
    return kind == Reason.Kind.REQUESTED || kind == Reason.Kind.COPIED;
  }

  /// Of the kinds that follow from what stands elsewhere: nobody gave it by hand.
  boolean settled() {
    return switch (kind) {
      case REQUESTED, COPIED, STAFF -> true;
      case REFERENCE, SHARED, GROUP, GLASS -> false;
    };
  }

  /// Whether an account has it through a mapping of its own.
  public boolean ofPhysician() {
    return byOrder() && told() != Reason.Kind.GROUP;
  }

  /// A row as an index names it: nothing is believed of it.
  public record Line(StudyId study, String principal, String bucket) {
    String holder() {
      return principal + '#' + bucket;
    }
  }
}
