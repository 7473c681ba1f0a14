package org.studygate.order;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.studygate.study.OrderId;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyContents;
import org.studygate.study.StudyId;

/// Renews what lists show of a study, after something has changed of it, its order or its reports.
/// Of two who do so at once the later writes what both have seen: each reads the card first, and a
/// card that somebody else has written meanwhile is begun again.
public final class WriteCard {
  private static final int TRIES = 20;

  private final Cards cards;
  private final Studies studies;
  private final Orders orders;

  public WriteCard(Cards cards, Studies studies, Orders orders) {
    this.cards = cards;
    this.studies = studies;
    this.orders = orders;
  }

  /// Of a study of which an instance has come; nothing where none has.
  public void renew(StudyId study) {
    write(study, () -> studies.contents(study).map(found -> Card.of(found, order(found.study()))));
  }

  /// Of an order that has a report and no images: it stands for the study itself.
  public void renew(OrderId order) {
    renew(order, StudyId.of(order));
  }

  /// Of a study of which no more than a report has come, by this order.
  public void renew(OrderId order, StudyId study) {
    write(
        study,
        () -> orders.find(order).map(OrderContents::order).map(one -> announced(one, study)));
  }

  private Optional<Order> order(Study study) {
    return study.order().flatMap(orders::find).map(OrderContents::order);
  }

  private Card announced(Order order, StudyId study) {
    var reports = studies.reports(study, order.id(), orders.reports(order.id()).certain());
    var announced = Study.announced(study, order.id());
    return Card.of(new StudyContents(announced, List.of(), reports), Optional.of(order));
  }

  private void write(StudyId study, Supplier<Optional<Card>> made) {
    for (var tries = 0; tries < TRIES; tries++) {
      var standing = cards.standing(study);
      var card = made.get();
      if (card.isEmpty()
          || card.equals(standing.map(Cards.Standing::card))
          || cards.put(card.get(), standing)) {
        return;
      }
    }
    throw new IllegalStateException("a card kept changing while it was written");
  }
}
