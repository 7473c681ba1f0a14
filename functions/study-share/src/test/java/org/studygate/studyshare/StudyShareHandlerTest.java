package org.studygate.studyshare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.studygate.access.Authorisation;
import org.studygate.access.Decision;
import org.studygate.access.Principal;
import org.studygate.access.Right;
import org.studygate.access.Scope;
import org.studygate.access.TestHospital;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.TestAccounts;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.copying.Copies;
import org.studygate.copying.DynamoCopies;
import org.studygate.copying.LeftOut;
import org.studygate.department.Verification;
import org.studygate.dynamo.Item;
import org.studygate.http.HttpResponse;
import org.studygate.platform.TestPlatform;
import org.studygate.sharing.Fault;
import org.studygate.study.Facts;
import org.studygate.study.Instance;
import org.studygate.study.OrderId;
import org.studygate.study.Samples;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyId;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// A study is shared once for its key, by whoever may give it on, and never further than that one
/// has it.
final class StudyShareHandlerTest extends SharingCase {
  @Test
  void whoItIsSharedWithSeesItAndNobodyElse() {
    hospital.report(ORDER, "Normal.");
    var answer = share("ria", "key-of-one", Map.of("message", "Graag uw mening."));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    var share = read(answer);
    assertThat(share.objects("shares")).hasSize(1);
    assertThat(share.string("patient")).isEqualTo("An Peeters");
    var bucket = buckets.find(only(share)).orElseThrow();
    assertThat(bucket.share().recipient()).contains("account:maes");
    assertThat(bucket.share().message()).contains("Graag uw mening.");
    assertThat(bucket.validUntil()).isEqualTo("2026-12-23T23:00:00Z");
    assertThat(bucket.share().tellOpened()).isFalse();
    assertThat(sees("maes")).isEqualTo("report");
    assertThat(sees("claes")).isEqualTo("nothing");
    assertThat(events(AuditEvent.study(STUDY.value()))).contains(AuditAction.STUDY_SHARED);
    assertThat(events(AuditEvent.bucket(bucket.id()))).contains(AuditAction.STUDY_SHARED);
    clock.advance(Duration.ofDays(31));
    assertThat(sees("maes")).isEqualTo("nothing");
  }

  @Test
  void aGroupSeesItAsLongAsOneIsAMember() {
    share("ria", "key-of-one", Map.of("recipients", List.of(to("group", "linde"))));
    assertThat(List.of(sees("smets"), sees("wouters"), sees("maes")))
        .containsExactly("images", "images", "nothing");
    assertThat(mails()).isEqualTo(1); // to its primary contact
  }

  @Test
  void aDepartmentSeesItAsItsOwn() {
    share("ria", "key-of-one", Map.of("recipients", List.of(to("department", "lindenhof"))));
    assertThat(sees("otto")).isEqualTo("images");
  }

  @Test
  void whoHasNoAccountGetsANumber() {
    var answer =
        share("ria", "key-of-one", Map.of("recipients", List.of(to("email", "x@example.org"))));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    var bucket = buckets.find(only(read(answer))).orElseThrow();
    assertThat(bucket.verification()).isEqualTo(Verification.OTP_EMAIL);
    assertThat(bucket.destination()).contains("x@example.org");
    assertThat(mails()).isEqualTo(1);
    assertThat(new Authorisation(orders(), studies(), departments(), clock))
        .extracting(one -> one.ask(new Principal.Patient(bucket), STUDY, Right.IMAGES))
        .isInstanceOf(Decision.Permitted.class);
  }

  /// The copies are made by somebody else, who is asked for that; until they are whole nobody sees
  /// anything, and of the study itself nobody ever does.
  @Test
  void whatIsAnonymizedOpensCopiesAlone() {
    hospital.report(ORDER, "Normal.");
    var answer = share("ria", "key-of-one", Map.of("anonymize", true, "furtherSharing", true));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    var bucket = buckets.find(only(read(answer))).orElseThrow();
    assertThat(looked).containsExactly(bucket.id());
    assertThat(trail.read(AuditEvent.study(STUDY.value()), Optional.empty(), 9).events())
        .filteredOn(event -> event.action() == AuditAction.STUDY_SHARED)
        .singleElement()
        .returns("user-anonymized", AuditEvent::outcome);
    assertThat(bucket.origin().anonymised()).isTrue();
    assertThat(bucket.origin().ready()).isFalse();
    assertThat(mails()).isZero();
    assertThat(bucket.report()).isFalse();
    assertThat(bucket.share().further()).isFalse();
    assertThat(bucket.scope()).isInstanceOf(Scope.OfCopies.class);
    assertThat(bucket.scope().chosen()).doesNotContain(STUDY);
    assertThat(sees("maes")).isEqualTo("nothing");
    assertThat(share("ria", "key-of-one", Map.of("anonymize", true, "furtherSharing", true)).body())
        .isEqualTo(answer.body());
    var copies = new DynamoCopies(tables.client(), "StudiesTable");
    var copy = ((Scope.OfCopies) bucket.scope()).copies().iterator().next();
    copies.plan(Copies.Copy.planned(copy, bucket.id(), STUDY, "noord"), List.of());
    copies.counted(copy, new LeftOut(Map.of("kind", 1, "stream", 2)));
    assertThat(list("ria", "given").body())
        .contains("\"left\":[{\"why\":\"stream\",\"images\":2},{\"why\":\"kind\",\"images\":1}]");
    assertThat(list("maes", "received").body()).contains("\"left\":[]"); // is the giver's
  }

  /// Also the number of whoever has no account, which leads nowhere until then.
  @Test
  void mailsOfCopiesGoWhenTheyAreWhole() {
    var all = List.of(to("group", "linde"), to("email", "x@example.org"));
    var share = read(share("ria", "key-of-one", Map.of("anonymize", true, "recipients", all)));
    assertThat(mails()).isZero();
    var told = 0;
    for (var one : share.objects("shares")) {
      var bucket = buckets.find(one.string("bucket")).orElseThrow();
      assertThat(TestHospital.release(tables).open(bucket, clock.instant())).isTrue();
      assertThat(mails()).isEqualTo(++told);
      assertThat(TestHospital.release(tables).open(bucket, clock.instant())).isFalse();
      assertThat(mails()).isEqualTo(told);
    }
  }

  @Test
  void theSameKeyIsOneShareHoweverOftenItIsSent() throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          pool.invokeAll(
              IntStream.range(0, 40)
                  .<Callable<HttpResponse>>mapToObj(i -> () -> share("ria", "same-key", Map.of()))
                  .toList());
      var bodies = new HashSet<String>();
      for (var one : all) {
        assertThat(one.get().status()).as(one.get().body()).isEqualTo(201);
        bodies.add(one.get().body());
      }
      assertThat(bodies).hasSize(1);
    }
    assertThat(mails()).isEqualTo(1);
    assertThat(events(AuditEvent.study(STUDY.value()))).containsOnlyOnce(AuditAction.STUDY_SHARED);
    var rows = tables.client().scan(scan -> scan.tableName("GrantsTable")).items();
    assertThat(rows)
        .map(Item::of)
        .filteredOn(row -> row.text("reason").equals("shared"))
        .hasSize(1);
    assertThat(share("ria", "same-key", Map.of("language", "fr")).body())
        .contains("idempotency-key-reused");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "reason, ' \t', reason-missing",
        "reason, -, reason-missing",
        "patientAgreed, -, agreement-missing",
        "validUntil, 2026-11-22, valid-until-past",
        "validUntil, 2030-01-01, valid-until-too-late",
        "language, xx, language-unknown"
      })
  void whatIsWrongIsNamedAndNothingIsDone(String field, String value, String code) {
    var wrong = new HashMap<String, Object>();
    wrong.put(field, value);
    refused(share("ria", "key-of-one", wrong), code, field);
    assertThat(share("ria", "key-of-one", Map.of()).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "account, ria, recipient-is-oneself",
    "account, nobody, recipient-unknown",
    "group, nobody, recipient-unknown",
    "department, nobody, recipient-unknown",
    "email, not an address, not-an-email",
    "mobile, 03 555 01 20, not-a-mobile",
    "mobile, +1 201 555 0123, country-not-allowed"
  })
  void aWrongRecipientIsNamedByItsPlace(String kind, String whom, String code) {
    var two = List.of(to("account", "maes"), to(kind, whom));
    refused(share("ria", "key-of-one", Map.of("recipients", two)), code, "recipients.1");
  }

  @Test
  void nobodyIsThereTwiceNorElevenTimes() {
    var maes = to("account", "maes");
    refused(
        share("ria", "key-of-one", Map.of("recipients", List.of(maes, maes))),
        "recipient-twice",
        "recipients.1");
    refused(
        share("ria", "key-of-two", Map.of("recipients", List.of())),
        "recipient-missing",
        "recipients");
    var many = IntStream.range(0, 11).mapToObj(i -> to("email", i + "@example.org")).toList();
    refused(
        share("ria", "key-of-many", Map.of("recipients", many)),
        "too-many-recipients",
        "recipients");
  }

  @Test
  void withoutAnEndOnlyWhereTheDepartmentLets() {
    var without = new HashMap<String, Object>();
    without.put("validUntil", null);
    without.put("unlimited", true);
    refused(share("ria", "key-of-one", without), "unlimited-not-allowed", "unlimited");
  }

  @Test
  void whoMayNotGiveItOnIsToldAsIfItWereNotThere() {
    var never = Map.<String, Object>of("studies", List.of("00000000000000000000000000"));
    for (var who : List.of("otto", "stranger")) {
      var foreign = share(who, "key-foreign", Map.of());
      assertThat(foreign.status()).isEqualTo(404);
      assertThat(foreign.body()).isEqualTo(share(who, "key-never", never).body());
    }
    share("ria", "key-of-one", Map.of()); // maes sees it, and may not give it on
    assertThat(
            share("maes", "key-given-on", Map.of("recipients", List.of(to("account", "claes"))))
                .status())
        .isEqualTo(404);
    assertThat(sees("claes")).isEqualTo("nothing");
  }

  @Test
  void whatIsGivenOnIsNeverWider() {
    share("ria", "key-of-one", Map.of("furtherSharing", true, "validUntil", "2026-12-01"));
    var on = Map.<String, Object>of("recipients", List.of(to("account", "claes")));
    refused(share("maes", "key-late", on), "valid-until-too-late", "validUntil");
    refused(
        share("maes", "key-write", with(on, "access", "report-write", "validUntil", "2026-12-01")),
        "write-not-held",
        "access");
    refused(
        share(
            "maes",
            "key-mail",
            with(
                on,
                "validUntil",
                "2026-12-01",
                "recipients",
                List.of(to("email", "x@example.org")))),
        "recipient-without-account",
        "recipients.0");
    var given = share("maes", "key-given-on", with(on, "validUntil", "2026-12-01"));
    assertThat(given.status()).as(given.body()).isEqualTo(201);
    assertThat(sees("claes")).isEqualTo("images");
  }

  @Test
  void whatCameWithACodeGoesOnWithOne() {
    var coded = to("account", "maes", true);
    var parent =
        only(
            read(
                share(
                    "ria",
                    "key-of-one",
                    Map.of("furtherSharing", true, "recipients", List.of(coded)))));
    assertThat(sees("maes")).isEqualTo("code");
    assertThat(sees("maes", parent + "@0")).isEqualTo("images");
  }

  /// Nothing survives what it came out of, whoever is quicker.
  @Test
  void sharesThatRaceAWithdrawalLeaveNothingReadable() throws Exception {
    var accounts = new DynamoAccounts(tables.client(), "AccountsTable");
    for (var i = 0; i < 40; i++) {
      accounts.create(TestAccounts.professional("c" + i));
    }
    var parent = only(read(share("ria", "key-of-one", Map.of("furtherSharing", true))));
    var given = new AtomicInteger();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var acts = new ArrayList<Callable<Object>>();
      for (var i = 0; i < 40; i++) {
        var to = List.of(to("account", "c" + i));
        var key = "key-race-" + i;
        acts.add(
            () -> {
              var answer = share("maes", key, Map.of("recipients", to));
              assertThat(answer.status()).isIn(201, 404);
              return answer.status() == 201 ? given.incrementAndGet() : 0;
            });
      }
      acts.add(
          20,
          () -> {
            buckets.withdraw(parent);
            return 0;
          });
      for (var one : pool.invokeAll(acts)) {
        one.get();
      }
    }
    for (var i = 0; i < 40; i++) {
      assertThat(sees("c" + i)).isEqualTo("nothing");
    }
    assertThat(sees("maes")).isEqualTo("nothing");
    assertThat(mails()).isEqualTo(1 + given.get());
  }

  /// As docs/sharing.md has it: for each study its rows and its contents, and nothing else but the
  /// batches of new rows grows with them.
  @ParameterizedTest
  @CsvSource({"1, 1, 11", "1, 10, 11", "10, 10, 32", "50, 10, 128"})
  void requestsAreCounted(int studies, int recipients, int most) {
    var ids = new ArrayList<>(List.of(STUDY.value()));
    for (var i = 1; i < studies; i++) {
      ids.add(study(new OrderId("noord", "B" + i), UID + '.' + i).value());
    }
    var to = new ArrayList<Map<String, Object>>();
    var accounts = new DynamoAccounts(tables.client(), "AccountsTable");
    for (var i = 0; i < recipients; i++) {
      accounts.create(TestAccounts.professional("d" + i));
      to.add(to("account", "d" + i));
    }
    var requests = new ConcurrentLinkedQueue<String>();
    var counting =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(
              Context.BeforeExecution context, ExecutionAttributes attributes) {
            requests.add(context.request().getClass().getSimpleName());
          }
        };
    try (var counted = tables.client(counting)) {
      var platform = TestPlatform.of(clock, tables, TestHospital.variables());
      var wiring = Wiring.on(platform, new Stores(platform, counted), work);
      handler = new StudyShareHandler(platform, wiring);
      var all = Map.<String, Object>of("studies", ids, "recipients", to, "furtherSharing", true);
      var answer = share("ria", "key-of-one", all);
      assertThat(answer.status()).as(answer.body()).isEqualTo(201);
      assertThat(requests).as("%s", requests).hasSize(most);
    }
  }

  @Test
  void theListsTellWhatWasGivenAndWhatWasGot() {
    share("ria", "key-of-one", Map.of("furtherSharing", true));
    share("maes", "key-given-on", Map.of("recipients", List.of(to("account", "claes"))));
    var given = read(list("ria", "given")).objects("shares");
    assertThat(given).hasSize(1);
    assertThat(given.getFirst().object("recipient").string("id")).isEqualTo("maes");
    assertThat(given.getFirst().optionalInt("children")).contains(1);
    assertThat(given.getFirst().objects("studies").getFirst().string("patient"))
        .isEqualTo("An Peeters");
    var got = read(list("claes", "received")).objects("shares");
    assertThat(got).hasSize(1);
    assertThat(got.getFirst().object("by").string("id")).isEqualTo("maes");
    assertThat(got.getFirst().string("state")).isEqualTo("active");
    assertThat(read(list("stranger", "received")).objects("shares")).isEmpty();
    buckets.withdraw(given.getFirst().string("bucket"));
    var after = read(list("claes", "received")).objects("shares").getFirst();
    assertThat(after.string("state")).isEqualTo("withdrawn");
    assertThat(after.objects("studies")).isEmpty();
    assertThat(read(list("maes", "received")).objects("shares")).isEmpty();
  }

  /// Who shared it finds the study, who got it the copy, and neither finds what is the other's.
  @Test
  void theListsTellOfWhatWasAnonymizedByWhoLooks() {
    share("ria", "key-of-one", Map.of("anonymize", true));
    var made = read(list("ria", "given")).objects("shares").getFirst();
    assertThat(made.string("state")).isEqualTo("waiting");
    var original = made.objects("studies").getFirst();
    assertThat(original.string("id")).isEqualTo(STUDY.value());
    assertThat(original.string("patient")).isEqualTo("An Peeters");
    var waits = read(list("maes", "received")).objects("shares").getFirst();
    assertThat(waits.string("state")).isEqualTo("waiting");
    assertThat(waits.objects("studies")).isEmpty();

    var bucket = buckets.find(made.string("bucket")).orElseThrow();
    var copy = bucket.scope().chosen().iterator().next();
    copied(copy, bucket.id());
    assertThat(TestHospital.release(tables).open(bucket, clock.instant())).isTrue();

    var got = list("maes", "received");
    var line = read(got).objects("shares").getFirst();
    assertThat(line.string("state")).isEqualTo("active");
    var seen = line.objects("studies").getFirst();
    assertThat(seen.string("id")).isEqualTo(copy.value());
    assertThat(seen.string("patient")).isEqualTo("12 Anonymous");
    assertThat(seen.strings("modalities")).containsExactly("CT");
    assertThat(seen.optionalString("date")).isEmpty();
    assertThat(got.body()).doesNotContain("Peeters", STUDY.value());
    var given = list("ria", "given").body();
    assertThat(given).contains("Peeters", STUDY.value()).doesNotContain(copy.value());
    buckets.withdraw(bucket.id());
    assertThat(read(list("maes", "received")).objects("shares")).isEmpty();
  }

  private void copied(StudyId copy, String bucket) {
    var now = clock.instant();
    var of = new Study.Copy(STUDY, bucket);
    studies().copying(copy, of);
    var facts = new Facts("", "", "Anonymous^12", "", "", "", "", "", "");
    var totals = new Studies.Totals(1, 1, 1, List.of("CT"), facts, true, 1, now, Optional.empty());
    var uid = new SeriesUid("2.25.71");
    studies().file(copy, Samples.instance(uid, "2.25.711", Instance.Kind.IMAGE));
    studies()
        .received(
            new Studies.Arrival(copy, "noord", "2.25.7", Set.of(Samples.whose("", ""))), now, now);
    var gen = studies().change(copy, uid, now);
    studies()
        .built(
            copy,
            new Series(
                uid,
                Optional.of(1),
                "",
                "CT",
                "CHEST",
                1,
                1,
                1,
                Optional.of("2.25.711"),
                Optional.empty(),
                facts,
                Set.of(),
                Set.of(),
                gen,
                gen,
                Optional.empty(),
                Optional.empty(),
                List.of()),
            now);
    assertThat(studies().total(copy, studies().find(copy).orElseThrow().revision(), totals))
        .isTrue();
    TestHospital.card(tables).renew(copy);
  }

  /// One wish for all recipients, also for who has no account.
  @Test
  void whoWantsToHearOfTheFirstOpeningIsRemembered() {
    var all = List.of(to("account", "maes"), to("email", "x@example.org"));
    var share = share("ria", "key-of-one", Map.of("recipients", all, "tellOpened", true));
    assertThat(share.status()).as(share.body()).isEqualTo(201);
    assertThat(read(share).bool("tellOpened", false)).isTrue();
    assertThat(read(share).objects("shares"))
        .allMatch(one -> buckets.find(one.string("bucket")).orElseThrow().share().tellOpened());
    assertThat(read(defaults("ria")).object("remembered").bool("tellOpened", false)).isTrue();
    share("ria", "key-of-two", Map.of());
    assertThat(read(defaults("ria")).object("remembered").bool("tellOpened", true)).isFalse();
  }

  @Test
  void thePageBeginsWithWhatWasChosenLastAndTellsWhoHasIt() {
    var first = read(defaults("ria"));
    assertThat(first.string("validUntil")).isEqualTo("2026-12-23");
    assertThat(first.object("remembered").bool("sendMail", false)).isTrue();
    assertThat(first.objects("shared")).isEmpty();
    share("ria", "key-of-one", Map.of("recipients", List.of(to("account", "maes", true))));
    var next = read(defaults("ria"));
    assertThat(next.object("remembered").bool("twoFactor", false)).isTrue();
    assertThat(next.object("remembered").bool("tellOpened", true)).isFalse();
    assertThat(next.objects("shared").getFirst().object("recipient").string("id"))
        .isEqualTo("maes");
    assertThat(defaults("stranger").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFaultIsAProblem(Fault fault) {
    assertThat(StudyShareHandler.problem(fault).status())
        .isEqualTo(fault == Fault.NO_ORDER ? 409 : 400);
  }

  private void refused(HttpResponse answer, String code, String field) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(read(answer).string("code")).isEqualTo(code);
    assertThat(read(answer).string("parameter")).isEqualTo(field);
  }
}
