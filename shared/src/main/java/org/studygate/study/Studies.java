package org.studygate.study;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The studies. Whatever is written here may be written again, in any order: the end is the same.
public interface Studies {

  /// A study with what it shows, read at one moment; empty until a first instance came. A series
  /// that was built before its study's link changed is not in it until it is built anew. Reports
  /// that came by accession number are in it only while the study belongs to that order.
  Optional<StudyContents> contents(StudyId study);

  /// The reports of a study of which no instance has come: those below it, and `more` that are
  /// filed under its order.
  List<Report> reports(StudyId study, OrderId order, List<Report.Version> more);

  /// The instances of a series that show a picture: never a report in DICOM's clothing. Some may be
  /// of persons whom the study does not show.
  List<Instance> instances(StudyId study, SeriesUid series);

  /// How many instances name which person.
  Map<Person, Long> persons(StudyId study);

  /// All instances of a series with their headers, for building its metadata: nobody else reads
  /// those.
  List<Filed> filed(StudyId study, SeriesUid series);

  /// The study alone, also when no instance came yet.
  Optional<Study> find(StudyId study);

  /// All series, also those without a picture.
  List<Series> series(StudyId study);

  Optional<Building> building(StudyId study, SeriesUid series);

  /// Files an instance unless it is there already; tells which one is there now. What is filed has
  /// its header.
  Instance file(StudyId study, Filed instance);

  /// The same for several at once: their headers together, then each instance by itself.
  void file(StudyId study, List<Filed> instances);

  /// The same for those that only their writer can know of, without asking whether they are there.
  void fileNew(StudyId study, List<Filed> instances);

  Optional<Instance> instance(StudyId study, SeriesUid series, String sopUid);

  /// Pictures that were drawn after their instance was filed; of several those with most frames.
  void drawn(StudyId study, SeriesUid series, String sopUid, Instance.Pictures pictures);

  /// Counts a change of a series, which calls for a new generation of its metadata; tells its
  /// number.
  long change(StudyId study, SeriesUid series, Instant now);

  /// Notes that instances came. `due` is when the study is to be looked at if nothing more comes.
  /// Answers what is known of the study then.
  Received received(Arrival arrival, Instant now, Instant due);

  /// Notes that a study is a copy, before anything of it comes.
  void copying(StudyId copy, Study.Copy of);

  /// Flags for staff; they stay.
  void flag(StudyId study, String flag);

  /// The sender says that it has sent everything. Of several the one with the greatest `version`.
  void done(StudyId study, String department, String uid, Done done);

  /// Puts a generation of a series into force; false if a later one is. One that replaces another
  /// is due again when it rests.
  boolean built(StudyId study, Series series, Instant now);

  /// Nothing of former generations is left to be done, unless another is in force or on its way.
  void rested(StudyId study, SeriesUid series, long gen);

  /// Tells of the film of a generation; false if another is in force.
  boolean filmed(StudyId study, SeriesUid series, long gen, Series.Film film);

  /// Takes on the exact pixels of a generation; false if another generation is in force, or they
  /// are made, or somebody took them on after `since`.
  boolean beginExact(StudyId study, SeriesUid series, long gen, Instant now, Instant since);

  /// Tells of the exact pixels of a generation; false if another is in force.
  boolean exact(StudyId study, SeriesUid series, long gen, Series.Exact.Made made);

  /// There are no exact pixels of a generation; false if another is in force.
  boolean withoutExact(StudyId study, SeriesUid series, long gen);

  /// Keeps what is told of the instances of a generation, unless a later one is there. One that is
  /// too long for an item is not kept.
  void list(StudyId study, SeriesUid series, long gen, Listing listing);

  /// What is told of the instances of the generation in force, if it is kept and says the same as
  /// the series.
  Optional<Listing> listing(StudyId study, Series series);

  /// Writes the link to an order; false if the study has changed since `revision`.
  ///
  /// @param flaggedAt since when it has its flags
  boolean link(StudyId study, long revision, Link link, Instant flaggedAt);

  /// Writes totals and completeness; false if the study has changed since `revision`.
  boolean total(StudyId study, long revision, Totals totals);

  /// All is done that follows from how the study stood at this revision: it is due no longer,
  /// unless it has changed.
  void followed(StudyId study, long revision);

  /// Remembers that an order names this study. A hint for whoever decides on the link, not a
  /// link.
  void hint(StudyId study, OrderId order);

  Set<OrderId> hints(StudyId study);

  /// Adds a version of a report unless it is there; of two arrivals of one version the earlier
  /// counts.
  void report(StudyId study, Report.Version version);

  /// The same for one that came in a file of the study: it counts only where the study shows the
  /// file's person.
  void report(StudyId study, Report.Version version, Person person);

  /// All versions below the study, whatever order they name.
  List<Report.Version> versions(StudyId study);

  /// Nobody gets this version, even if it is written only later.
  void hold(StudyId study, Report.Version version);

  /// Joins a PDF to a version; of several the one with the greatest `rank`.
  void attach(StudyId study, Report.Version version, Report.Pdf pdf);

  /// Nobody gets the PDF of this version any more.
  void dispute(StudyId study, Report.Version version);

  /// What waits for a time that has come.
  List<Due> due(Instant now);

  /// An instance, when it came, and its header as DICOM JSON: in the item itself, or, if large,
  /// under a key.
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
  record Filed(Instance instance, Instant at, byte[] headerGz, Optional<String> headerKey) {}

  /// A series on its way to its next generation.
  ///
  /// @param filmed how many pictures the last film had, of whatever generation; 0 if there was none
  record Building(Series series, Instant lastBuilt, int filmed) {
    /// So long addresses of what was in force before live, and whoever began to write it.
    private static final Duration REST = Duration.ofSeconds(150);

    /// When a generation that replaced another is to be looked at again.
    static Instant restsAt(Instant built) {
      return built.plus(REST);
    }

    /// Whether no generation has come into force for so long.
    public boolean rests(Instant now) {
      return !restsAt(lastBuilt).isAfter(now);
    }

    /// Whether a film is worth making at once: each reads and writes all pictures, and a series may
    /// come picture by picture.
    public boolean hasGrown() {
      return series.frames() < filmed || 4L * series.frames() >= 5L * filmed;
    }
  }

  /// Instances of one study that came together.
  ///
  /// @param count how many of them are new
  record Arrival(StudyId study, String department, String uid, Set<Whose> whose, int count) {
    /// A single one.
    public Arrival(StudyId study, String department, String uid, Set<Whose> whose) {
      this(study, department, uid, whose, 1);
    }
  }

  /// @param came about how many instances have come in all: what was done again counts again or
  /// not at all, so it tells when to look, never what is there
  record Received(Study study, long came) {}

  record Done(Instant at, Optional<Integer> instances, String version) {}

  /// @param ordered how many instances the order expects
  /// @param flags why there is no link, or what is odd about it
  /// @param shown the persons of the files who are the order's patient
  /// @param hand what people of the department decided about it
  record Link(
      Optional<OrderId> order,
      Optional<Integer> ordered,
      Set<String> flags,
      Set<Person> shown,
      Hand hand) {
    /// No fault of anybody's: the order may still come.
    public static final String WAITS = "waits-for-order";

    public static final Link NONE = none(Set.of());

    public Link(
        Optional<OrderId> order, Optional<Integer> ordered, Set<String> flags, Set<Person> shown) {
      this(order, ordered, flags, shown, Hand.NONE);
    }

    public Link by(Hand decided) {
      return new Link(order, ordered, flags, shown, decided);
    }

    /// What people of the department should look at: why it belongs to no order, or what is odd.
    public Set<String> why() {
      return order.isEmpty() && flags.isEmpty() ? Set.of(WAITS) : flags;
    }

    /// Whether there is something of it that nobody has looked at.
    public boolean open() {
      return !hand.seen().containsAll(why());
    }

    public static Link none(Set<String> flags) {
      return new Link(Optional.empty(), Optional.empty(), flags, Set.of());
    }
  }

  /// @param due when to look again, unless all that follows is done before
  record Totals(
      int series,
      int instances,
      int received,
      List<String> modalities,
      Facts facts,
      boolean complete,
      int completeAt,
      Instant now,
      Optional<Instant> due) {}

  /// What people of the department decided, because files and orders alone do not tell it.
  ///
  /// @param order to which the study belongs, whatever the files say
  /// @param persons of the files who are that order's patient, whatever they are called
  /// @param seen flags that were looked at and stay as they are
  record Hand(Optional<OrderId> order, Set<Person> persons, Set<String> seen) {
    public static final Hand NONE = new Hand(Optional.empty(), Set.of(), Set.of());

    public Hand {
      persons = Set.copyOf(persons);
      seen = Set.copyOf(seen);
    }

    @Override
    public String toString() {
      return "Hand[" + seen + "]";
    }
  }

  sealed interface Due {
    /// Of a study, or of a bucket.
    String id();

    record StudyDue(StudyId study) implements Due {
      @Override
      public String id() {
        return study.value();
      }
    }

    /// Copies of this bucket.
    record CopiesDue(String bucket) implements Due {
      @Override
      public String id() {
        return bucket;
      }
    }

    record SeriesDue(StudyId study, SeriesUid series) implements Due {
      @Override
      public String id() {
        return study.value();
      }
    }
  }
}
