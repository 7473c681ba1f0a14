package org.studygate.desk;

import java.util.Optional;
import org.studygate.copying.Pixels;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;

/// The calls of the desk, each with what it takes.
record Desk(
    ReceiptLines receipts,
    OrderBoard board,
    NumberActs numbers,
    Held held,
    Judging judging,
    CopyBoard copyBoard) {
  HttpResponse receipts(Clerk clerk, HttpRequest request) {
    var department = Asked.department(clerk, request);
    return receipts.list(clerk, department, before(request), request.requestId()).answer(request);
  }

  HttpResponse done(Clerk clerk, HttpRequest request) {
    var done = Asked.done(request);
    receipts.done(clerk, named(request), done, request.requestId());
    return HttpResponse.noContent();
  }

  HttpResponse orders(Clerk clerk, HttpRequest request) {
    var department = Asked.department(clerk, request);
    return board.list(clerk, department, before(request), request.requestId()).answer(request);
  }

  HttpResponse search(Clerk clerk, HttpRequest request) {
    var search = Asked.search(clerk, request);
    return board
        .search(clerk, search.department(), search.sought(), request.requestId())
        .answer(request);
  }

  HttpResponse unlock(Clerk clerk, HttpRequest request) {
    var reason = Asked.reason(request);
    return numbers.unlock(clerk, named(request), reason, request.requestId());
  }

  HttpResponse regenerate(Clerk clerk, HttpRequest request) {
    var reason = Asked.reason(request);
    return numbers.regenerate(clerk, named(request), reason, request.requestId());
  }

  HttpResponse paid(Clerk clerk, HttpRequest request) {
    var reason = Asked.reason(request);
    return numbers.paid(clerk, named(request), reason, request.requestId());
  }

  HttpResponse pincode(Clerk clerk, HttpRequest request) {
    Asked.nothing(request);
    return numbers.pincode(clerk, named(request), request.requestId());
  }

  HttpResponse match(Clerk clerk, HttpRequest request) {
    var match = Asked.match(request);
    judging.match(clerk, named(request), match, request.requestId());
    return HttpResponse.noContent();
  }

  HttpResponse studies(Clerk clerk, HttpRequest request) {
    var department = Asked.department(clerk, request);
    return held.list(clerk, department, before(request), request.requestId()).answer(request);
  }

  HttpResponse study(Clerk clerk, HttpRequest request) {
    var study = judging.find(clerk, named(request), Optional.empty());
    return HttpResponse.ok(held.judge(clerk, study, request.requestId()));
  }

  HttpResponse release(Clerk clerk, HttpRequest request) {
    var release = Asked.release(request);
    judging.release(clerk, named(request), release, request.requestId());
    return HttpResponse.noContent();
  }

  HttpResponse unmatch(Clerk clerk, HttpRequest request) {
    var reason = Asked.reason(request);
    judging.unmatch(clerk, named(request), reason, request.requestId());
    return HttpResponse.noContent();
  }

  HttpResponse lookedAt(Clerk clerk, HttpRequest request) {
    var reason = Asked.reason(request);
    judging.lookedAt(clerk, named(request), reason, request.requestId());
    return HttpResponse.noContent();
  }

  HttpResponse copies(Clerk clerk, HttpRequest request) {
    var department = Asked.department(clerk, request);
    return copyBoard.list(clerk, department, before(request), request.requestId()).answer(request);
  }

  HttpResponse copy(Clerk clerk, HttpRequest request) {
    var id = named(request);
    return HttpResponse.ok(
        Asked.frames(request)
            .map(asked -> copyBoard.frames(clerk, id, asked, request.requestId()))
            .orElseGet(() -> copyBoard.look(clerk, id, request.requestId())));
  }

  HttpResponse pixels(Clerk clerk, HttpRequest request) {
    var pixels = Pixels.asked(request.json());
    copyBoard.decide(clerk, named(request), pixels, request.requestId());
    return HttpResponse.noContent();
  }

  private static Optional<String> before(HttpRequest request) {
    return request.query(Asked.BEFORE);
  }

  private static String named(HttpRequest request) {
    return request.pathParameter("id");
  }
}
