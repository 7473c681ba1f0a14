package org.studygate.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.studygate.json.JsonObject;
import org.studygate.study.Facts;
import org.studygate.study.OrderId;
import org.studygate.study.Person;
import org.studygate.study.Studies.Link;
import org.studygate.study.Study;
import org.studygate.study.StudyId;
import org.studygate.study.Whose;

/// Files name An (P-1), Tom (P-2) or somebody without an id; orders say the issuer, files do not.
final class MatchRuleTest {
  private static final String UID = "1.2.3";
  private static final Person AN = Person.of("P-1", "", "19580307", "Peeters^An");
  private static final Person TOM = Person.of("P-2", "", "19850914", "Claes^Tom");

  private static final Person AN_BY_DATE = Person.of("", "", "19580307", "PEETERS^AN");

  @Test
  void aStudyIsOfTheOrderWhoseAccessionNumberItBearsIfBothSayTheSamePerson() {
    assertThat(link(study(whose(AN, "17")), an("17"))).isEqualTo(linked("17", Set.of(), AN));
    assertThat(link(study(whose(TOM, "17")), an("17"))).isEqualTo(none("patient-mismatch"));
  }

  @Test
  void whatSaysNothingThatCanBeComparedIsNotJoined() {
    var nobody = Person.of("P-1", "", "", "Peeters^An");
    assertThat(link(study(whose(nobody, "17")), an("17"))).isEqualTo(none("patient-unknown"));
  }

  @Test
  void aListedStudyIsNotOfSomebodyElse() {
    assertThat(link(study(whose(AN, "")), an("17", UID))).isEqualTo(linked("17", Set.of(), AN));
    assertThat(link(study(whose(TOM, "")), an("17", UID))).isEqualTo(none("patient-mismatch"));
  }

  @Test
  void aListedStudyIsNotTakenFromItsOwnOrder() {
    var study = study(whose(TOM, "18"));
    assertThat(link(study, an("17", UID), tom("18")))
        .isEqualTo(linked("18", Set.of("listed-for-several-patients"), TOM));
    assertThat(link(study, an("17", UID), tom("18", UID)))
        .isEqualTo(linked("18", Set.of("listed-for-several-patients"), TOM));
    assertThat(link(study, tom("17", UID), tom("18"))).isEqualTo(linked("18", Set.of(), TOM));
  }

  @Test
  void ofTwoOrdersThatListOneStudyOnlyThatOfItsPatientGetsIt() {
    assertThat(link(study(whose(AN, "")), an("17", UID), tom("18", UID)))
        .isEqualTo(linked("17", Set.of("listed-for-several-patients"), AN));
    assertThat(link(study(whose(AN, "")), tom("17", UID), tom("18", UID)))
        .isEqualTo(none("patient-mismatch"));
  }

  @Test
  void aListedStudyWithAnAccessionNumberOfSomebodyElseIsShownAndTold() {
    assertThat(link(study(whose(AN, "18")), an("17", UID), tom("18")))
        .isEqualTo(linked("17", Set.of("patient-differs"), AN));
  }

  @Test
  void whatIsOfSomebodyElseIsHeldBackByItself() {
    var study = study(whose(AN, "17"), whose(TOM, "17"), whose(AN_BY_DATE, ""));
    var told = Set.of("instance-other-patient");
    assertThat(link(study, an("17"))).isEqualTo(linked("17", told, AN, AN_BY_DATE));
    assertThat(link(study, an("17", UID))).isEqualTo(linked("17", told, AN, AN_BY_DATE));
  }

  @Test
  void ofOrdersOfSeveralPatientsThatOfMoreInstancesGetsTheStudy() {
    var study = study(whose(AN, "17"), whose(TOM, "18"));
    var told = Set.of("instance-other-patient");
    assertThat(link(study, Map.of(AN, 299L, TOM, 1L), an("17"), tom("18")))
        .isEqualTo(linked("17", told, AN));
    assertThat(link(study, Map.of(AN, 2L, TOM, 3L), an("17"), tom("18")))
        .isEqualTo(linked("18", told, TOM));
    assertThat(link(study, Map.of(AN, 3L, TOM, 3L), an("17"), tom("18")))
        .isEqualTo(none("patients-mixed"));
  }

  @Test
  void withoutAnOrderAStudyOfTwoPatientsIsToldAndAnyOtherWaits() {
    assertThat(link(study(whose(AN, "17"), whose(TOM, "17")))).isEqualTo(none("patients-mixed"));
    assertThat(link(study(whose(AN, "17"), whose(AN_BY_DATE, "17")))).isEqualTo(Link.NONE);
    assertThat(link(study(whose(AN, "17")))).isEqualTo(Link.NONE);
    assertThat(link(study(whose(AN, "")))).isEqualTo(none("accession-unusable"));
  }

  @Test
  void ofSeveralOrdersOfOnePatientTheListingDecides() {
    var study = study(whose(AN, "17"), whose(AN, "18"));
    assertThat(link(study, an("17"))).isEqualTo(linked("17", Set.of(), AN));
    assertThat(link(study, an("17"), an("18"))).isEqualTo(none("accessions-mixed"));
    assertThat(link(study, an("17"), an("18", UID))).isEqualTo(linked("18", Set.of(), AN));
  }

  @Test
  void whatDiffersBesidesIsTold() {
    var married = Person.of("P-1", "", "19580307", "Claes^An Maria");
    assertThat(link(study(whose(married, "17")), an("17")))
        .isEqualTo(linked("17", Set.of("name-differs"), married));
    var exchanged = Person.of("P-1", "NOORD", "19580703", "Peeters^An");
    assertThat(link(study(whose(exchanged, "17")), an("17")))
        .isEqualTo(linked("17", Set.of("birth-date-differs"), exchanged));
  }

  @Test
  void tooManyPatientsAreTold() {
    var many = new ArrayList<Whose>();
    for (var i = 0; i < Study.MOST_WHOSE; i++) {
      many.add(whose(AN, "X" + i));
    }
    assertThat(link(study(many.toArray(Whose[]::new))).flags()).contains("too-many-patients");
  }

  @Test
  void theOrderOfOrdersDoesNotMatter() {
    var seed = 20261127L;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (var round = 0; round < 500; round++) {
      var whose = new ArrayList<Whose>();
      for (var i = random.nextInt(3); i >= 0; i--) {
        whose.add(whose(pick(random, AN, TOM, AN_BY_DATE), pick(random, "17", "18", "19", "")));
      }
      var study = study(whose.toArray(Whose[]::new));
      var orders = new ArrayList<OrderContents>();
      for (var accession : List.of("17", "18", "19")) {
        var uids = random.nextBoolean() ? new String[] {UID} : new String[0];
        orders.add(random.nextBoolean() ? an(accession, uids) : tom(accession, uids));
      }
      var counts = Map.of(AN, (long) random.nextInt(3), TOM, (long) random.nextInt(3));
      var expected = MatchRule.decide(study, orders, () -> counts);
      Collections.shuffle(orders, random);
      assertThat(MatchRule.decide(study, orders, () -> counts)).isEqualTo(expected);
      for (var order : orders) {
        if (expected.order().equals(Optional.of(order.order().id()))) {
          assertThat(expected.shown()).isNotEmpty().allMatch(order::isFor);
        }
      }
    }
  }

  @SafeVarargs
  private static <T> T pick(Random random, T... all) {
    return all[random.nextInt(all.length)];
  }

  private static Link link(Study study, OrderContents... orders) {
    return link(study, Map.of(), orders);
  }

  private static Link link(Study study, Map<Person, Long> counts, OrderContents... orders) {
    return MatchRule.decide(study, Arrays.asList(orders), () -> counts);
  }

  private static Link linked(String accession, Set<String> flags, Person... shown) {
    var order = Optional.of(new OrderId("noord", accession));
    return new Link(order, Optional.empty(), flags, Set.of(shown));
  }

  private static Link none(String flag) {
    return Link.none(Set.of(flag));
  }

  private static Whose whose(Person person, String accession) {
    return new Whose(person, accession);
  }

  private static OrderContents an(String accession, String... uids) {
    return order(accession, "P-1", "Peeters", "An", "1958-03-07", uids);
  }

  private static OrderContents tom(String accession, String... uids) {
    return order(accession, "P-2", "Claes", "Tom", "1985-09-14", uids);
  }

  private static OrderContents order(
      String accession, String id, String family, String given, String born, String... uids) {
    var json =
        """
        {"patient": {"id": "%s", "issuer": "NOORD", "familyName": "%s", "givenName": "%s",
                     "birthDate": "%s"}, "studies": [%s]}
        """
            .formatted(
                id, family, given, born, uids.length == 0 ? "" : "{\"uid\": \"" + uids[0] + "\"}");
    var order =
        OrderJson.read(
            new OrderId("noord", accession),
            "1",
            Instant.EPOCH,
            JsonObject.parse(json.getBytes(StandardCharsets.UTF_8)));
    return new OrderContents(
        Optional.of(order), Set.of(order.person()), Optional.empty(), Set.of(), List.of());
  }

  private static Study study(Whose... whose) {
    return new Study(
        StudyId.of("noord", UID),
        "noord",
        UID,
        Link.NONE,
        new HashSet<>(Arrays.asList(whose)),
        Facts.NONE,
        false,
        0,
        0,
        0,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new Study.Expectation(Optional.empty(), Optional.empty(), Optional.empty(), 0),
        Set.of(),
        Optional.empty(),
        1);
  }
}
