package org.studygate.paymentsweep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.studygate.platform.Deadline;
import org.studygate.platform.Log;
import org.studygate.platform.Platform;
import org.studygate.stripe.StripeSettlement;
import org.studygate.wiring.Stores;

/// Every five minutes.
public final class PaymentSweepHandler implements RequestStreamHandler {
  private final Sweep sweep;
  private final Log log;

  public PaymentSweepHandler() {
    this(Platform.onLambda());
  }

  public PaymentSweepHandler(Platform platform) {
    var environment = platform.environment();
    var stores = new Stores(platform);
    var stripe =
        StripeSettlement.on(
            platform, stores, stores.pepper(), environment.required("STRIPE_SECRET_ARN"));
    this.log = platform.log();
    this.sweep = new Sweep(stripe.payments(), stripe.settlement(), platform.clock(), log);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context) {
    var found = sweep.go(Deadline.of(context));
    log.info("payments-asked-after", Map.of("asked", found.asked(), "failed", found.failed()));
  }
}
