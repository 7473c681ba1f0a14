package org.studygate.news;

import java.util.List;
import org.studygate.access.Bucket;
import org.studygate.access.Grant;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Mapping;
import org.studygate.notice.NewsMessage;
import org.studygate.notice.NewsMessage.What;
import org.studygate.notice.Notices;
import org.studygate.order.Card;
import org.studygate.order.Cards;
import org.studygate.order.Initials;
import org.studygate.study.StudyId;

/// Tells whoever a study came to by a mapping that it is there, and that its report is, if the
/// mapping says so: each once, to its owner and to nobody else of the group. What is not to be told
/// when it comes is never told later.
public final class Telling {
  private final News news;
  private final Cards cards;
  private final Accounts accounts;
  private final Notices notices;

  public Telling(News news, Cards cards, Accounts accounts, Notices notices) {
    this.news = news;
    this.cards = cards;
    this.accounts = accounts;
    this.notices = notices;
  }

  /// After its rights are settled and its card is written. Whoever dies in between tells the rest
  /// when it is done again.
  public void tell(StudyId study) {
    var untold = news.untold(study);
    if (untold.isEmpty()) {
      return;
    }
    var shown = cards.find(List.of(study)).get(study);
    if (shown == null) {
      return;
    }
    for (var one : untold) {
      for (var what : one.what()) {
        if (isThere(shown.card(), what)) {
          tell(one.row(), what, shown);
        }
      }
    }
  }

  private static boolean isThere(Card card, What what) {
    return switch (what) {
      case STUDY -> card.images();
      case REPORT -> card.report().isPresent();
    };
  }

  private void tell(Grant row, What what, Cards.Shown shown) {
    var owner = row.by().flatMap(accounts::find);
    var to =
        owner
            .filter(account -> account.state() == Account.State.ACTIVE)
            .filter(account -> wants(account, row, what));
    if (to.isPresent()) {
      var mail = notices.news(to.get().id(), message(to.get(), what, shown));
      news.told(row, what, mail);
    } else {
      news.told(row, what);
    }
  }

  private boolean wants(Account account, Grant row, What what) {
    return accounts.mappings(account.id()).stream()
        .filter(mapping -> Bucket.ofMapping(mapping.id()).equals(row.bucket()))
        .anyMatch(mapping -> wants(mapping, what));
  }

  private static boolean wants(Mapping mapping, What what) {
    return switch (what) {
      case STUDY -> mapping.mailOnStudy();
      case REPORT -> mapping.mailOnReport();
    };
  }

  private static NewsMessage message(Account account, What what, Cards.Shown shown) {
    var card = shown.card();
    return new NewsMessage(
        account.username(),
        account.language(),
        card.department(),
        what,
        card.study().value(),
        Initials.of(card.patient().name()),
        card.description(),
        card.date(),
        what == What.STUDY ? shown.study().instances() : 0);
  }
}
