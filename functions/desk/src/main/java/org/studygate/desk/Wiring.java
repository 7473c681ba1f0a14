package org.studygate.desk;

import org.studygate.access.Authorisation;
import org.studygate.access.LiveAccounts;
import org.studygate.access.Regenerate;
import org.studygate.access.Unlock;
import org.studygate.access.Visits;
import org.studygate.copying.CopyWork;
import org.studygate.copying.SqsCopyWork;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.objects.S3Gets;
import org.studygate.order.Linking;
import org.studygate.payment.Offers;
import org.studygate.payment.PaymentDesk;
import org.studygate.payment.Pincodes;
import org.studygate.platform.Platform;
import org.studygate.study.RollUps;
import org.studygate.study.SqsRollUps;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Puts the function together from what `template.yaml` gives it.
record Wiring(Visits visits, Desk desk, Told told) {
  static Wiring onAws(Platform platform) {
    var sqs = platform.aws().configure(SqsClient.builder(), "SQS");
    var environment = platform.environment();
    return on(
        platform,
        new SqsRollUps(sqs, environment.required("ROLL_UP_QUEUE_URL")),
        new SqsCopyWork(sqs, environment.required("ANONYMIZE_QUEUE_URL")));
  }

  static Wiring on(Platform platform, RollUps rollUps, CopyWork work) {
    var stores = new Stores(platform);
    var clock = platform.clock();
    var buckets = stores.buckets();
    var trail = stores.trail();
    var studies = stores.studies();
    var payments = stores.settlements();
    var told = new Told(trail, clock);
    var orders = stores.orderDesk();
    var numbers = stores.numberDesk();
    var views = new OrderViews(studies, buckets, numbers, payments, clock);
    var board = new OrderBoard(orders, views, stores.departments(), told);
    // what is still odd after a decision was told when it came
    var linking = new Linking(studies, stores.orders(), rollUps, _ -> {}, clock);
    var studyDesk = stores.studyDesk();
    var unlock = new Unlock(stores.unlocks(), trail, clock);
    var gets = new S3Gets(platform.aws(), platform.environment().required("STUDIES_BUCKET"));
    var regenerate = new Regenerate(numbers, buckets, stores.pepper(), platform.random(), clock);
    Pictures pictures = key -> gets.address(key, "image/jpeg", "inline");
    var desk =
        new Desk(
            new ReceiptLines(stores.receiptBook(), told, clock),
            board,
            new NumberActs(board, unlock, regenerate, payments(platform, stores), clock),
            new Held(studyDesk, studies, linking, orders, pictures, told),
            new Judging(studies, studyDesk, linking, rollUps, board, told, clock),
            new CopyBoard(
                stores.copies(), stores.copyDesk(), studies, buckets, work, pictures, told));
    var accounts = new LiveAccounts(stores.accounts());
    return new Wiring(new Visits(stores.sessions(), buckets, accounts, clock), desk, told);
  }

  private static PaymentDesk payments(Platform platform, Stores stores) {
    var pepper = stores.pepper();
    var departments = stores.departments();
    var clock = platform.clock();
    return new PaymentDesk(
        stores.settlements(),
        stores.buckets(),
        new Pincodes(pepper, platform.random()),
        new Offers(new Authorisation(stores.orders(), stores.studies(), departments, clock)),
        departments,
        new Notices(new Seal(pepper, platform.random()), stores.tokens()),
        stores.limits(),
        clock);
  }
}
