package org.studygate.desk;

import java.util.List;
import java.util.Optional;
import org.studygate.account.DeskAct;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.desk.Answers.OrderView;
import org.studygate.dynamo.Together;
import org.studygate.http.Problem;
import org.studygate.order.OrderDesk;
import org.studygate.study.OrderId;

/// The orders of a department, each with its studies, its number and its payment as they stand. The
/// index says which; each is read at this moment, all of a page beside each other.
final class OrderBoard {
  private static final int PAGE = 50;

  private final OrderDesk orders;
  private final OrderViews views;
  private final Departments departments;
  private final Told told;

  OrderBoard(OrderDesk orders, OrderViews views, Departments departments, Told told) {
    this.orders = orders;
    this.views = views;
    this.departments = departments;
    this.told = told;
  }

  Lines<OrderView> list(Clerk clerk, String department, Optional<String> before, String requestId) {
    clerk.check(DeskAct.VIEW, department);
    var page = orders.page(department, before, PAGE);
    var found = views(clerk, page.orders());
    told.looked(clerk, department, "orders", requestId);
    return new Lines<>(found, page.next());
  }

  Lines<OrderView> search(Clerk clerk, String department, String sought, String requestId) {
    clerk.check(DeskAct.VIEW, department);
    var rules = department(department).policy().intake();
    var found = views(clerk, orders.search(department, sought, rules, PAGE));
    told.searched(clerk, department, requestId);
    return new Lines<>(found, Optional.empty());
  }

  private Department department(String id) {
    return departments.find(id).orElseThrow(Problem.NOT_FOUND::refusal);
  }

  /// What is of another department, or never was, is not found.
  OrderDesk.Line find(Clerk clerk, String id) {
    return Ids.read(id)
        .filter(named -> clerk.staff().worksFor(named.department()))
        .flatMap(named -> orders.named(named.department(), named.name()))
        .flatMap(orders::line)
        .orElseThrow(Problem.NOT_FOUND::refusal);
  }

  /// Whether a number opens this bucket, or did.
  boolean numbered(String bucket) {
    return views.numbered(bucket);
  }

  private List<OrderView> views(Clerk clerk, List<OrderId> ids) {
    return Together.each(ids, id -> orders.line(id).map(line -> views.of(clerk, line))).stream()
        .flatMap(Optional::stream)
        .toList();
  }
}
