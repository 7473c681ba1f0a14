package org.studygate.paymentcheckout;

import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.department.PaymentRules;
import org.studygate.department.Verification;
import org.studygate.platform.Tokens.Token;
import org.studygate.signin.Steps;

/// A visitor whose next step is a payment, and the rules it follows.
final class Terms {
  private final Steps steps;
  private final Departments departments;

  Terms(Steps steps, Departments departments) {
    this.steps = steps;
    this.departments = departments;
  }

  record Of(Bucket bucket, Department department, PaymentRules rules) {}

  Optional<Of> find(Token cookie) {
    return of(steps.find(cookie));
  }

  /// For who comes back from paying: what was begun in time is settled, though the number has
  /// ended meanwhile.
  Optional<Of> begun(Token cookie) {
    return of(steps.begun(cookie));
  }

  private Optional<Of> of(Optional<Steps.Standing> step) {
    return step.map(Steps.Standing::bucket)
        .filter(bucket -> bucket.verification() == Verification.PAYMENT)
        .flatMap(this::of);
  }

  private Optional<Of> of(Bucket bucket) {
    return departments
        .find(bucket.department())
        .flatMap(
            department ->
                department.policy().payment().map(rules -> new Of(bucket, department, rules)));
  }
}
