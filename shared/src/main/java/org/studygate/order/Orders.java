package org.studygate.order;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.study.OrderId;
import org.studygate.study.Report;
import org.studygate.study.StudyId;

/// The orders, and what names them. Whatever is written may be written again, in any order.
public interface Orders {
  /// An order that has come, with its studies, read at one moment.
  Optional<OrderContents> find(OrderId order);

  /// What the newest messages say of these orders: those that have come, read together.
  Map<OrderId, Order> each(Set<OrderId> orders);

  /// The first, also when only studies or reports have named the order so far.
  OrderContents filed(OrderId order);

  /// Reports that came by the order's accession number, whether or not it has come itself. Their
  /// texts are long, so nobody reads them along with the order.
  OrderReports reports(OrderId order);

  /// Keeps the order if it is about the patient whom the accession number stands for and the
  /// newest; tells whether it is, also when it was there already. Of messages about several
  /// patients the first that comes holds the number.
  Placing place(Order order);

  /// What a message about an order is to those that were here before.
  sealed interface Placing {
    /// @param otherName a message before it named somebody else; nothing more says that it is not
    ///     the same person
    record Newest(boolean otherName) implements Placing {}

    /// A newer message has been here.
    record Older() implements Placing {}

    /// It is about somebody else, and nothing was kept of it.
    record OtherPatient() implements Placing {}
  }

  /// An order of somebody else has come under this accession number: whose a report is that names
  /// nothing more, nobody can tell from then on.
  void contest(OrderId order, Instant from);

  /// A study says that it belongs. A hint for whoever decides on the link, not a link.
  void claim(OrderId order, StudyId study);

  /// Adds a version of a report unless it is there; of two arrivals of one version the earlier
  /// counts.
  void report(OrderId order, Report.Version version);

  void attach(OrderId order, Report.Version version, Report.Pdf pdf);

  /// Nobody gets the PDF of this version any more.
  void dispute(OrderId order, Report.Version version);

  /// Notes a bucket before it is opened, so that a later message that leaves its number out finds
  /// it. `false` when a newer message has been here.
  boolean intend(OrderId order, String version, String bucket);

  /// What became of the order's number. Tells the buckets that are to be withdrawn: those of former
  /// numbers, or, where a newer message has overtaken this one, the one just registered.
  Set<String> registered(OrderId order, String version, Registered registered);

  /// @param bucket what the number opens
  /// @param flag why it opens nothing: `weak-number`, `number-taken`, …
  record Registered(Optional<String> bucket, Optional<String> flag) {}
}
