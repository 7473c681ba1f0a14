package org.studygate.payment;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.studygate.department.Price;

/// Whoever takes the money. Its answers are input from outside and are compared with our own
/// records before they count.
public interface PaymentProvider {
  /// Opens a Checkout Session. The same request made again answers the same session.
  Opened open(Request request);

  /// How a session stands at this moment; empty when the provider knows none of that name.
  Optional<Told> find(String session);

  /// The session that a payment belongs to.
  Optional<String> sessionOf(String paymentIntent);

  /// Ends a session that nobody has paid. Does nothing to any other.
  void expire(String session);

  /// Gives all the money back. Asked twice it gives it back once.
  void refund(String session, String paymentIntent);

  /// @param key tells this request from every other; the same key never makes a second session
  /// @param number by which the department finds the payment
  /// @param product what the payment page calls it: nothing of anybody's health
  /// @param language of the page that asked
  record Request(
      String key,
      String bucket,
      String number,
      String department,
      Price price,
      String method,
      String language,
      String product,
      Instant until) {
    @Override
    public String toString() {
      return "Request[" + bucket + "]";
    }
  }

  record Opened(String session, URI url) {
    @Override
    public String toString() {
      return "Opened[" + session + "]";
    }
  }

  /// @param bucket that the session says it is for
  /// @param live real money, not test money
  /// @param url where it can be paid, as long as it is open
  record Told(
      String session,
      String bucket,
      Price price,
      boolean live,
      Stage stage,
      Optional<URI> url,
      Optional<String> paymentIntent,
      long refunded) {
    @Override
    public String toString() {
      return "Told[" + session + ", " + stage + "]";
    }
  }

  /// The provider did not answer, or not as it should. Nothing is known then, and nothing
  /// decided.
  final class Unavailable extends RuntimeException {
    public Unavailable(String what) {
      super(what, null, false, true);
    }
  }
}
