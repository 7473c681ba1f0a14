package org.studygate.messageingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.studygate.access.DynamoBuckets;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.limit.DynamoSourceLimits;
import org.studygate.platform.Faults;
import org.studygate.platform.Log;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
import org.studygate.reference.DynamoReferences;
import org.studygate.signin.Combination;
import org.studygate.signin.Combination.Judgement;
import org.studygate.signin.Combination.Typed;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Two messages about one order that were placed at the same moment: the one that was put later
/// holds, whichever is worked on first, wherever the other comes in between, wherever one dies.
final class OrderRaceTest {
  private static final String BORN = "1958-03-07";
  private static final String CORRECTED = "1958-07-03";

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final Log log = new Log(new PrintStream(OutputStream.nullOutputStream()), clock);
  @AutoClose private final TestTables tables = TestTables.start();
  private final TestIntake intake = new TestIntake(tables, clock, log, new ArrayList<>());
  private int rounds;

  /// What the message that was put later says of the number.
  private enum Later {
    ANOTHER_NUMBER,
    NO_NUMBER,
    ANOTHER_DATE_OF_BIRTH,
    ANOTHER_PROOF
  }

  private record Message(String name, String text, String sequencer) {}

  private record Race(Message earlier, Message later, String number, String other) {}

  private Race race(Later later) {
    rounds++;
    var number = "RIS-2026-RACE-OF-TWO-47113-" + rounds;
    var other = "RIS-2026-OTHER-47113-" + rounds;
    var text =
        switch (later) {
          case ANOTHER_NUMBER -> order(BORN, reference(other, "date-of-birth"));
          case NO_NUMBER -> order(BORN, "");
          case ANOTHER_DATE_OF_BIRTH -> order(CORRECTED, reference(number, "date-of-birth"));
          case ANOTHER_PROOF -> order(BORN, reference(number, "otp-sms"));
        };
    return new Race(
        new Message("earlier-" + rounds, order(BORN, reference(number, "date-of-birth")), "0A"),
        new Message("later-" + rounds, text, "0B"),
        number,
        other);
  }

  @ParameterizedTest
  @EnumSource
  void oneAfterTheOther(Later later) throws Exception {
    var race = race(later);
    tell(tables.client(), race.earlier());
    tell(tables.client(), race.later());
    check(later, race, "in order");
    race = race(later);
    tell(tables.client(), race.later());
    tell(tables.client(), race.earlier());
    check(later, race, "in reverse");
  }

  @ParameterizedTest
  @EnumSource
  void oneInTheMidstOfTheOther(Later later) throws Exception {
    for (var laterFirst : List.of(false, true)) {
      for (var at = 1; ; at++) {
        var race = race(later);
        var outer = laterFirst ? race.later() : race.earlier();
        var inner = laterFirst ? race.earlier() : race.later();
        var between = new Between(at, () -> tell(tables.client(), inner));
        tell(between.wrap(tables.client()), outer);
        if (!between.came) {
          break;
        }
        check(later, race, inner.name() + " before call " + at);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneDiesTheOtherComesAndTheFirstIsToldAgain(Later later) throws Exception {
    for (var laterFirst : List.of(false, true)) {
      for (var at = 1; ; at++) {
        var race = race(later);
        var first = laterFirst ? race.later() : race.earlier();
        var faults = Faults.after(at);
        tell(faults.wrap(DynamoDbClient.class, tables.client()), first);
        tell(tables.client(), laterFirst ? race.earlier() : race.later());
        tell(tables.client(), first);
        if (!faults.struck()) {
          break;
        }
        check(later, race, first.name() + " killed at call " + at);
      }
    }
  }

  /// Nobody tells the earlier one again: what it has left half done, the later one finds.
  @ParameterizedTest
  @EnumSource
  void theEarlierOneDiesForGoodAndTheOtherComes(Later later) throws Exception {
    for (var at = 1; ; at++) {
      for (var faults : List.of(Faults.before(at), Faults.after(at))) {
        var race = race(later);
        tell(faults.wrap(DynamoDbClient.class, tables.client()), race.earlier());
        tell(tables.client(), race.later());
        check(later, race, "dead at call " + at);
        if (!faults.struck()) {
          return;
        }
      }
    }
  }

  private void check(Later later, Race race, String how) {
    var opened =
        Map.of(
            "number", opens(race.number(), BORN),
            "number, corrected date", opens(race.number(), CORRECTED),
            "other number", opens(race.other(), BORN));
    var expected =
        switch (later) {
          case ANOTHER_NUMBER -> List.of("nothing", "nothing", "DATE_OF_BIRTH");
          case NO_NUMBER -> List.of("nothing", "nothing", "nothing");
          case ANOTHER_DATE_OF_BIRTH -> List.of("nothing", "DATE_OF_BIRTH", "nothing");
          case ANOTHER_PROOF -> List.of("OTP_SMS", "nothing", "nothing");
        };
    assertThat(opened)
        .as(later + ", " + how)
        .isEqualTo(
            Map.of(
                "number", expected.get(0),
                "number, corrected date", expected.get(1),
                "other number", expected.get(2)));
  }

  private String opens(String number, String born) {
    var from = "10." + rounds / 250 + "." + rounds % 250 + ".1";
    var judgement =
        new Combination(
                new DynamoSourceLimits(tables.client(), "LimitsTable"),
                new DynamoReferences(tables.client(), "ReferencesTable"),
                new DynamoBuckets(tables.client(), "BucketsTable"),
                new Pepper(new TestSecrets(), "pepper"),
                clock)
            .judge(Typed.of(number, born), from);
    return judgement instanceof Judgement.Right(var bucket)
        ? bucket.verification().name()
        : "nothing";
  }

  private String order(String born, String more) {
    return """
        {"type":"order","accession":"R%d","placedAt":"2026-11-20T08:15:00Z",
         "patient":{"id":"P-1","familyName":"Peeters","birthDate":"%s","mobile":"+32470123456"}%s}
        """
        .formatted(rounds, born, more);
  }

  private static String reference(String number, String verification) {
    return ",\"reference\":{\"number\":\"%s\",\"verification\":\"%s\"}"
        .formatted(number, Verification.of(verification).orElseThrow().code());
  }

  private void tell(DynamoDbClient client, Message message) throws IOException {
    intake.put(message.name(), message.text());
    intake.run(Faults.none(), client, message.name(), message.sequencer());
  }

  private interface Step {
    void run() throws IOException;
  }

  /// Lets something else happen before one call to the store.
  private static final class Between {
    private final int at;
    private final Step step;
    private int calls;
    private boolean came;

    Between(int at, Step step) {
      this.at = at;
      this.step = step;
    }

    DynamoDbClient wrap(DynamoDbClient real) {
      return (DynamoDbClient)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {DynamoDbClient.class},
              (_, method, arguments) -> {
                calls++;
                if (calls == at) {
                  came = true;
                  step.run();
                }
                try {
                  return method.invoke(real, arguments);
                } catch (InvocationTargetException failure) {
                  throw failure.getCause();
                }
              });
    }
  }
}
