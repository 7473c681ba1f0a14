package org.studygate.department;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When patients may read a report. An order can withhold it; it cannot give more than this.
public sealed interface ReportRule {
  boolean permits(Instant reportAt, Instant now);

  /// From when it will permit, where that is known beforehand.
  default Optional<Instant> opens(Instant reportAt) {
    return Optional.empty();
  }

  record Never() implements ReportRule {
    @Override
    public boolean permits(Instant reportAt, Instant now) {
      return false;
    }
  }

  record AtOnce() implements ReportRule {
    @Override
    public boolean permits(Instant reportAt, Instant now) {
      return true;
    }
  }

  /// So that a physician can speak to the patient first.
  record AfterDays(int days) implements ReportRule {
    public AfterDays {
      if (days < 1 || days > 365) {
        throw new IllegalArgumentException("1 to 365 days");
      }
    }

    @Override
    public boolean permits(Instant reportAt, Instant now) {
      return !now.isBefore(end(reportAt));
    }

    @Override
    public Optional<Instant> opens(Instant reportAt) {
      return Optional.of(end(reportAt));
    }

    private Instant end(Instant reportAt) {
      return reportAt.plus(Duration.ofDays(days));
    }
  }

  /// Somebody releases each report; until that can be done in Studygate, none is.
  record WhenReleased() implements ReportRule {
    @Override
    public boolean permits(Instant reportAt, Instant now) {
      return false;
    }
  }
}
