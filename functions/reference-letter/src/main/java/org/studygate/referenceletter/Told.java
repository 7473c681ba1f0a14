package org.studygate.referenceletter;

import org.studygate.printing.Fault;

/// What a call comes to.
sealed interface Told {
  record Made(LetterView letter) implements Told {}

  record Shown(Object what) implements Told {}

  record Pdf(String base64) implements Told {}

  record Wrong(Fault fault) implements Told {}

  record NotFound() implements Told {}

  record KeyMissing() implements Told {}

  record KeyReused() implements Told {}
}
