package org.studygate.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.studygate.department.Department;
import org.studygate.department.DepartmentJson;
import org.studygate.department.Fields;
import org.studygate.department.Unfit;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;

/// What somebody wants a department to be. The rules stand in the department alone; to tell of each
/// field that breaks one, and not of the first alone, each change is tried by itself on what is in
/// force.
public final class Proposal {
  /// Only an operator says these: addresses and days of everything kept hang on them.
  private static final List<String> FIXED = List.of("id", "zone");

  private static final String PAYMENT = "policy.payment.";
  private static final int MOST_CHANGES = 300;

  /// Stands in for what is in force where nothing was paid so far: it is never kept.
  private static final String SOME_PAYMENT =
      """
      {"policy": {"payment": {"currency": "EUR", "price": 1, "methods": ["card"], "freeRoute": {"en": "-"}}}}
      """;

  private Proposal() {}

  /// What is wrong with a field: `missing`, `wrong`, or what the field alone can be.
  public record Fault(String field, String code) {}

  public sealed interface Outcome {
    record Fits(Department department) implements Outcome {}

    record Faulty(List<Fault> faults) implements Outcome {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }
  }

  /// @param inForce as it is kept
  public static Outcome judge(String inForce, JsonObject wanted) {
    var now = Fields.of(inForce);
    var asked = Fields.of(wanted);
    var fixed = FIXED.stream().filter(field -> !asked.value(field).equals(now.value(field)));
    var faults = new ArrayList<>(fixed.map(field -> new Fault(field, "read-only")).toList());
    var proposed = asked.taking(now, FIXED::contains);
    if (faults.isEmpty()) {
      try {
        return new Outcome.Fits(DepartmentJson.read(proposed.json()));
      } catch (BadJson unfit) {
        // which fields it is, is told below
      }
    }
    faults.addAll(new Trial(now, proposed).faults());
    return new Outcome.Faulty(faults);
  }

  /// Change after change, as long as another one fits: of two that need each other, the one that
  /// waits for the other is tried again.
  private static final class Trial {
    private final Fields wanted;
    private final Map<String, Predicate<String>> waiting = new LinkedHashMap<>();
    private final Map<String, Fault> faults = new LinkedHashMap<>();
    private Fields standing;

    Trial(Fields now, Fields wanted) {
      this.wanted = wanted;
      var paid = now.any(PAYMENT);
      var pays = wanted.any(PAYMENT);
      this.standing =
          pays && !paid
              ? now.taking(Fields.of(SOME_PAYMENT), field -> field.startsWith(PAYMENT))
              : now;
      for (var field : standing.against(wanted)) {
        if (field.startsWith(PAYMENT) && !pays) {
          waiting.put("policy.payment", one -> one.startsWith(PAYMENT));
        } else {
          waiting.put(field, field::equals);
        }
      }
    }

    List<Fault> faults() {
      if (waiting.size() > MOST_CHANGES) {
        throw new BadJson("more changes than anybody makes at once");
      }
      while (waiting.entrySet().removeIf(change -> fits(change.getKey(), change.getValue()))) {
        // another one may fit now
      }
      return waiting.keySet().stream().map(faults::get).distinct().toList();
    }

    private boolean fits(String field, Predicate<String> which) {
      var next = standing.taking(wanted, which);
      try {
        DepartmentJson.read(next.json());
        standing = next;
        return true;
      } catch (BadJson unfit) {
        faults.put(field, fault(field, unfit));
        return false;
      }
    }

    private Fault fault(String field, BadJson unfit) {
      return unfit.getCause() instanceof Unfit why
          ? new Fault(
              Optional.of(why.field()).filter(one -> !one.isEmpty()).orElse(field), why.code())
          : new Fault(field, wanted.has(field) ? "wrong" : "missing");
    }
  }
}
