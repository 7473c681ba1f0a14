import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.studygate.access.Authorisation;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.DynamoDesk;
import org.studygate.access.DynamoUnlocks;
import org.studygate.access.Unlock;
import org.studygate.account.Role;
import org.studygate.account.Staff;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.DynamoDepartments;
import org.studygate.limit.DynamoLimits;
import org.studygate.limit.Tries;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.order.DynamoOrders;
import org.studygate.payment.DynamoPayments;
import org.studygate.payment.Offers;
import org.studygate.payment.PaymentDesk;
import org.studygate.payment.Pincodes;
import org.studygate.platform.Aws;
import org.studygate.platform.Environment;
import org.studygate.platform.Pepper;
import org.studygate.platform.SecretsManager;
import org.studygate.platform.Tokens;
import org.studygate.signin.Masked;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;
import software.amazon.awssdk.core.exception.SdkException;

/// Run by `scripts/desk`: the rules are those of the functions. Arguments: what to do, department,
/// accession (`-`: from standard input), `--bucket ID`. Ends with 0 when it was done, with 1 when
/// it was not and says why.
void main(String[] arguments) throws IOException {
  try {
    System.exit(new ServiceDesk(Environment.ofProcess()).run(List.of(arguments)) ? 0 : 1);
  } catch (SdkException failed) {
    System.err.println("not done: AWS said " + failed.getClass().getSimpleName() + ": " + failed.getMessage());
    System.exit(1);
  }
}

static final class ServiceDesk {
  private static final int EVENTS = 50;
  private static final String BLOCKED = "Blocked: unlock it first, knowing why.";
  private static final String REASON = "A reason is needed, of 500 characters at most.";

  private final BufferedReader typed =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final Clock clock = Clock.systemUTC();
  private final Tokens tokens = new Tokens(new SecureRandom());
  private final String principal;
  private final DynamoBuckets buckets;
  private final DynamoDesk acts;
  private final DynamoAuditTrail trail;
  private final Unlock unlock;
  private final PaymentDesk payments;

  ServiceDesk(Environment environment) {
    var aws = Aws.of(environment);
    var dynamo = aws.dynamo();
    var random = new SecureRandom();
    var pepper =
        new Pepper(
            new SecretsManager(aws.secretsManager()), environment.required("PEPPER_SECRET_ARN"));
    principal = environment.required("STUDYGATE_PRINCIPAL");
    var bucketsTable = environment.required("BUCKETS_TABLE");
    var references = environment.required("REFERENCES_TABLE");
    buckets = new DynamoBuckets(dynamo, bucketsTable);
    trail = new DynamoAuditTrail(dynamo, environment.required("AUDIT_TABLE"), tokens);
    acts = new DynamoDesk(dynamo, bucketsTable, references, trail);
    unlock = new Unlock(new DynamoUnlocks(dynamo, bucketsTable, references, trail), trail, clock);
    var orders = new DynamoOrders(dynamo, environment.required("ORDERS_TABLE"));
    var studies = new DynamoStudies(dynamo, environment.required("STUDIES_TABLE"));
    var departments = new DynamoDepartments(dynamo, environment.required("DEPARTMENTS_TABLE"));
    payments =
        new PaymentDesk(
            new DynamoPayments(
                dynamo,
                DynamoPayments.Tables.ofSettlement(
                    environment.required("PAYMENTS_TABLE"),
                    environment.required("OUTBOX_TABLE"),
                    bucketsTable),
                trail),
            buckets,
            new Pincodes(pepper, random),
            new Offers(new Authorisation(orders, studies, departments, clock)),
            departments,
            new Notices(new Seal(pepper, random), tokens),
            new DynamoLimits(dynamo, environment.required("LIMITS_TABLE")),
            clock);
  }

  boolean run(List<String> arguments) throws IOException {
    var accession = arguments.get(2).equals("-") ? ask("accession") : arguments.get(2);
    var order = new OrderId(arguments.get(1), accession);
    var wanted =
        arguments.size() > 4 && arguments.get(3).equals("--bucket")
            ? Optional.of(arguments.get(4))
            : Optional.<String>empty();
    var found = found(order, wanted);
    if (found.isEmpty()) {
      return no("There is no number for this order. Has the order come, with a reference? Its"
          + " receipts tell what was refused (docs/receipts.md).");
    }
    if (arguments.getFirst().equals("find")) {
      found.forEach(this::show);
      return true;
    }
    var open = found.size() == 1 ? found : found.stream().filter(one -> !one.withdrawn()).toList();
    if (open.size() != 1) {
      found.forEach(this::show);
      return no("Several numbers: say which with --bucket ID.");
    }
    return act(arguments.getFirst(), open.getFirst());
  }

  private boolean act(String what, Bucket bucket) throws IOException {
    var staff = new Staff(principal, bucket.department(), Role.SERVICE_DESK);
    var request = "desk-" + tokens.id();
    return switch (what) {
      case "trail" -> trail(bucket);
      case "unlock" ->
          switch (unlock.unlock(staff, bucket.id(), ask("reason"), request)) {
            case Unlock.Outcome.Unlocked() -> yes("Unlocked. What was opened before stays ended;"
                + " the patient may try again.");
            case Unlock.Outcome.ForGood() -> no("Wrong too often in its life: withdraw it, and"
                + " have the order sent with another number.");
            case Unlock.Outcome.NotFound() -> no("The number opens another order, or none.");
            case Unlock.Outcome.ReasonMissing() -> no(REASON);
          };
      case "withdraw" ->
          acts.withdraw(bucket, staff, ask("reason"), request, clock.instant())
              ? yes("Withdrawn for good. To let the patient in again the order needs another number.")
              : no(REASON);
      case "mark-paid" ->
          blockedByDates(bucket)
              ? no(BLOCKED)
              : told(payments.markAsPaid(staff, bucket.id(), ask("reason"), request));
      case "send-pincode" -> sendPincode(staff, bucket, request);
      default -> no("find, trail, unlock, withdraw, mark-paid or send-pincode.");
    };
  }

  private boolean sendPincode(Staff staff, Bucket bucket, String request) throws IOException {
    if (blockedByDates(bucket)) {
      return no(BLOCKED);
    }
    var reason = ask("reason");
    return acts.note(bucket, staff, "asked-for", reason, request, clock.instant())
        ? told(payments.resend(staff, bucket.id(), request))
        : no(REASON);
  }

  private boolean told(PaymentDesk.Outcome outcome) {
    return switch (outcome) {
      case PaymentDesk.Outcome.Done() -> yes("Done: the pincode is on its way by SMS.");
      case PaymentDesk.Outcome.NotFound() -> no("This order asks for no payment.");
      case PaymentDesk.Outcome.ReasonMissing() -> no(REASON);
      case PaymentDesk.Outcome.AlreadyPaid() -> no("It is paid already: send-pincode sends it again.");
      case PaymentDesk.Outcome.NotPaid() -> no("Nothing has been paid: mark-paid, if it was at the counter.");
      case PaymentDesk.Outcome.Blocked() -> no(BLOCKED);
      case PaymentDesk.Outcome.NoMobile() -> no("No mobile is registered: have the order sent again with one.");
      case PaymentDesk.Outcome.Ended() -> no("Nothing is left to be opened: withdrawn, or no longer kept.");
      case PaymentDesk.Outcome.TooMany(var at) -> no("Sent too often; again after " + at + ".");
    };
  }

  private boolean blockedByDates(Bucket bucket) {
    return acts.wrongDates(bucket.id()) >= Tries.DATE.max();
  }

  private List<Bucket> found(OrderId order, Optional<String> wanted) {
    var found = new ArrayList<Bucket>();
    for (var id : acts.ofOrder(order)) {
      if (wanted.isEmpty() || wanted.get().equals(id)) {
        buckets.find(id).ifPresent(found::add);
      }
    }
    return found;
  }

  private void show(Bucket bucket) {
    var now = clock.instant();
    var dates = acts.wrongDates(bucket.id());
    var state =
        bucket.withdrawn()
            ? "withdrawn"
            : bucket.blocked() || dates >= Tries.DATE.max()
                ? "blocked"
                : bucket.expired(now) ? "ended" : bucket.open(now) ? "open" : "not open yet";
    System.out.println("bucket " + bucket.id() + ": " + state);
    System.out.println("  asks for: " + bucket.verification()
        + bucket.destination().map(_ -> ", sent to " + Masked.destination(bucket)).orElse(""));
    System.out.println("  valid: from " + bucket.validFrom() + " until " + bucket.validUntil());
    System.out.println("  wrong in a row: dates " + dates + ", codes " + buckets.wrongCodes(bucket.id()));
    var staff = new Staff(principal, bucket.department(), Role.SERVICE_DESK);
    payments.look(staff, bucket.id()).ifPresent(standing -> {
      System.out.println("  paid: " + (standing.paid() ? standing.byHand() ? "at the counter" : "yes" : "no")
          + bucket.paid().until().map(end -> ", open until " + end).orElse(""));
      standing.checkouts().forEach(one -> System.out.println("  payment " + one.number() + ": "
          + one.stage().code() + ", " + one.price().value() + " " + one.price().currency()));
    });
  }

  private boolean trail(Bucket bucket) {
    var events = new ArrayList<AuditEvent>(trail.read(AuditEvent.bucket(bucket.id()), Optional.empty(), EVENTS).events());
    acts.reference(bucket.id())
        .map(hash -> trail.read(AuditEvent.reference(hash), Optional.empty(), EVENTS).events())
        .ifPresent(events::addAll);
    events.sort(Comparator.comparing(AuditEvent::at).reversed());
    events.forEach(event -> System.out.println(event.at() + "  " + event.action() + "  " + event.outcome() + "  " + event.who().text()));
    return events.isEmpty() ? no("Nothing has happened to it yet.") : true;
  }

  /// From standard input, so that it stands in no history and in no list of processes.
  private String ask(String what) throws IOException {
    System.err.print(what + ": ");
    System.err.flush();
    var line = typed.readLine();
    return line == null ? "" : line.strip();
  }

  private static boolean yes(String said) {
    System.out.println(said);
    return true;
  }

  private static boolean no(String said) {
    System.err.println("not done: " + said);
    return false;
  }
}
