package org.studygate.desk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.studygate.account.DeskAct;
import org.studygate.desk.Answers.CandidateView;
import org.studygate.desk.Answers.FitView;
import org.studygate.desk.Answers.HeldView;
import org.studygate.desk.Answers.JudgedView;
import org.studygate.desk.Answers.OrderName;
import org.studygate.desk.Answers.PersonView;
import org.studygate.desk.Answers.PictureView;
import org.studygate.dynamo.Together;
import org.studygate.objects.Keys;
import org.studygate.order.Linking;
import org.studygate.order.OrderContents;
import org.studygate.order.OrderDesk;
import org.studygate.study.Instance;
import org.studygate.study.Person;
import org.studygate.study.Person.Likeness;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyDesk;
import org.studygate.study.StudyId;
import org.studygate.study.Whose;

/// Studies that somebody should look at: those that belong to no order, and those with something
/// odd. One of them with what its files say and what orders say beside each other.
final class Held {
  private static final int PAGE = 100;
  private static final int MOST_PICTURES = 12;
  private static final int SIZE = 512;

  private final StudyDesk desk;
  private final Studies studies;
  private final Linking linking;
  private final OrderDesk orders;
  private final Pictures pictures;
  private final Told told;

  Held(
      StudyDesk desk,
      Studies studies,
      Linking linking,
      OrderDesk orders,
      Pictures pictures,
      Told told) {
    this.desk = desk;
    this.studies = studies;
    this.linking = linking;
    this.orders = orders;
    this.pictures = pictures;
    this.told = told;
  }

  /// Our own name of a person within a study, for requests.
  static String id(Person person) {
    return StudyId.name("person/" + person.text());
  }

  Lines<HeldView> list(Clerk clerk, String department, Optional<String> before, String requestId) {
    clerk.check(DeskAct.VIEW, department);
    var page = desk.held(department, before, PAGE);
    var found =
        Together.each(page.studies(), this::open).stream().flatMap(Optional::stream).toList();
    told.looked(clerk, department, "studies", requestId);
    return new Lines<>(found, page.next());
  }

  /// The index may be behind.
  private Optional<HeldView> open(StudyId id) {
    return studies.find(id).filter(study -> study.link().open()).map(this::view);
  }

  private HeldView view(Study study) {
    var accessions = new TreeSet<String>();
    study.whose().stream()
        .map(Whose::accession)
        .filter(accession -> !accession.isEmpty())
        .forEach(accessions::add);
    var facts = study.facts();
    return new HeldView(
        study.id().value(),
        study.flaggedAt(),
        new TreeSet<>(study.link().why()),
        facts.day(),
        facts.description(),
        study.modalities(),
        study.instances(),
        study.complete(),
        accessions,
        study.order().flatMap(orders::line).map(Held::name),
        study.persons().stream()
            .min(Comparator.comparing(Person::text))
            .map(person -> person(study, person, Map.of())),
        study.persons().size(),
        study.link().hand().order().isPresent());
  }

  private static OrderName name(OrderDesk.Line line) {
    return new OrderName(
        Ids.text(line.id().department(), line.name()), line.contents().order().accession());
  }

  private static PersonView person(Study study, Person person, Map<Person, Long> files) {
    var accessions = new TreeSet<String>();
    study.whose().stream()
        .filter(one -> one.person().equals(person) && !one.accession().isEmpty())
        .forEach(one -> accessions.add(one.accession()));
    return new PersonView(
        id(person),
        person.name(),
        person.born(),
        person.id(),
        person.issuer(),
        accessions,
        files.getOrDefault(person, 0L),
        study.shows(person));
  }

  JudgedView judge(Clerk clerk, Study study, String requestId) {
    clerk.check(DeskAct.VIEW, study.department());
    var files = studies.persons(study.id());
    var persons =
        study.persons().stream()
            .sorted(Comparator.comparing(Person::text))
            .map(person -> person(study, person, files))
            .toList();
    var candidates =
        linking.mayHold(study).stream()
            .flatMap(order -> orders.line(order).stream())
            .map(line -> candidate(study, line))
            .toList();
    told.looked(clerk, study.department(), "study", requestId);
    told.pictures(clerk, study.id().value(), requestId);
    return new JudgedView(view(study), persons, candidates, pictures(study), acts(clerk, study));
  }

  private static CandidateView candidate(Study study, OrderDesk.Line line) {
    var contents = line.contents();
    var fits =
        study.persons().stream()
            .sorted(Comparator.comparing(Person::text))
            .map(person -> new FitView(id(person), likeness(contents, person)))
            .toList();
    return new CandidateView(
        Ids.text(line.id().department(), line.name()),
        contents.order().accession(),
        OrderViews.patient(contents.order().patient()),
        contents.order().listed(study.uid()).isPresent(),
        fits);
  }

  private static String likeness(OrderContents order, Person person) {
    return order.persons().stream()
        .map(person::compare)
        .min(Comparator.comparing(Held::best))
        .orElse(Likeness.UNKNOWN)
        .name()
        .toLowerCase(Locale.ROOT);
  }

  private static int best(Likeness likeness) {
    return switch (likeness) {
      case SAME -> 0;
      case UNKNOWN -> 1;
      case OTHER -> 2;
    };
  }

  /// Two pictures of each person, the first that there are: enough to judge whether it is one.
  private List<PictureView> pictures(Study study) {
    var found = new ArrayList<PictureView>();
    var counts = new HashMap<Person, Integer>();
    for (var series : studies.series(study.id())) {
      for (var instance : studies.instances(study.id(), series.uid())) {
        var room = found.size() < MOST_PICTURES && drawn(instance);
        if (room && counts.merge(instance.person(), 1, Integer::sum) <= 2) {
          found.add(
              new PictureView(
                  id(instance.person()), series.description(), pictures.at(key(study, instance))));
        }
      }
    }
    return found;
  }

  private static boolean drawn(Instance instance) {
    var pictures = instance.pictures();
    return pictures.frames() > 0
        && pictures.sizes().contains(SIZE)
        && !pictures.missing().contains(1);
  }

  private static String key(Study study, Instance instance) {
    return Keys.preview(study.shelf(), study.uid(), instance.series(), instance.sopUid(), 1, SIZE);
  }

  private static List<String> acts(Clerk clerk, Study study) {
    if (!clerk.may(DeskAct.JUDGE, study.department())) {
      return List.of();
    }
    var acts = new ArrayList<String>();
    acts.add(study.order().isEmpty() ? "match" : "release");
    if (study.link().hand().order().isPresent()) {
      acts.add("unmatch");
    }
    if (study.link().open()) {
      acts.add("looked-at");
    }
    if (study.order().isPresent() && study.persons().stream().allMatch(study::shows)) {
      acts.remove("release");
    }
    return acts;
  }
}
