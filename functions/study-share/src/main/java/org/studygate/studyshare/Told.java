package org.studygate.studyshare;

import org.studygate.sharing.Fault;

/// What a call comes to.
sealed interface Told {
  record Made(ShareView share) implements Told {}

  record Shown(Object what) implements Told {}

  record Wrong(Fault.Wrong wrong) implements Told {}

  record NotFound() implements Told {}

  record KeyMissing() implements Told {}

  record KeyReused() implements Told {}
}
