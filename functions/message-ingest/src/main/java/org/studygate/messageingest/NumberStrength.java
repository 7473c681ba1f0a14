package org.studygate.messageingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.studygate.department.Department;
import org.studygate.order.BirthDate;
import org.studygate.order.Order;
import org.studygate.reference.ReferenceNumber;

/// How hard a number is to guess, in bits, told from what it holds and not from its shape: how
/// briefly somebody can say it who knows how numbers are usually made and what stands in the
/// order. A number drawn at random cannot be said more briefly than by itself; a date, a count, a
/// word, a repetition can. docs/reference-numbers.md tells hospitals the same. No network, no
/// memory of other numbers: the same number of the same order is always judged alike.
///
/// Chance makes patterns too: one number in 2^k can be said k bits more briefly. So less than
/// [#TELLING] tells nothing.
final class NumberStrength {
  private static final double TELLING = 11;
  private static final double DIGIT = Saying.log2(10);
  private static final double HEX = 4;
  private static final double ANY = 5;
  private static final int FEW = 3;

  private final Set<String> words;

  NumberStrength() {
    this.words = words();
  }

  int bits(ReferenceNumber number, Department department, Order order) {
    var patient = order.patient();
    var facts = new ArrayList<String>();
    facts.add(order.id().accession());
    facts.add(patient.familyName());
    for (var fact :
        List.of(
            patient.id(),
            patient.issuer(),
            patient.givenName(),
            patient.mobile(),
            patient.email())) {
      fact.ifPresent(facts::add);
    }
    facts.addAll(written(patient.birthDate()));
    order.studies().stream().limit(FEW).forEach(study -> study.uid().ifPresent(facts::add));
    facts.addAll(List.of(department.id(), department.name(), department.hospital()));
    return bits(number, LocalDate.ofInstant(order.placedAt(), department.zone()), facts);
  }

  /// 19580307, 07031958, 03071958, 580307, 070358, or as much as is known.
  private static List<String> written(BirthDate date) {
    if (date.partial()) {
      return List.of(date.text());
    }
    return Stream.of("yyyyMMdd", "ddMMyyyy", "MMddyyyy", "yyMMdd", "ddMMyy")
        .map(form -> date.earliest().format(DateTimeFormatter.ofPattern(form, Locale.ROOT)))
        .toList();
  }

  /// @param day of the order: dates near it are the first that somebody would try
  /// @param facts of the order that others may know: its accession number, names, dates
  int bits(ReferenceNumber number, LocalDate day, Collection<String> facts) {
    var text = number.normalised();
    var shape = text.length() * perCharacter(text);
    var known = facts.stream().map(ReferenceNumber::plain).filter(fact -> !fact.isEmpty()).toList();
    var said = new Saying(text, perCharacter(text), words, day, known).shortest();
    return (int) Math.round(shape - said < TELLING ? shape : said);
  }

  /// The bits of the smallest usual alphabet that the number fits, and fits not by chance.
  private static double perCharacter(String text) {
    if (text.chars().allMatch(Character::isDigit)) {
      return DIGIT;
    }
    var hex = text.chars().allMatch(one -> one <= 'F') && text.length() * (ANY - HEX) >= TELLING;
    return hex ? HEX : ANY;
  }

  private static Set<String> words() {
    try (var in = Objects.requireNonNull(NumberStrength.class.getResourceAsStream("words.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(ReferenceNumber::lookAlikes)
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
