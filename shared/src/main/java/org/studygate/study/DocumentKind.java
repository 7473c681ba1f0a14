package org.studygate.study;

import java.util.Optional;

/// What an object without a picture is, by its SOP class (PS3.4 B.5): as much as a page says of it
/// in plain words.
public enum DocumentKind {
  /// Every structured report but a selection of pictures, and every encapsulated document: what of
  /// it is a doctor's findings and what a device's figures, no class tells.
  REPORT("report"),
  KEY_OBJECTS("key-objects"),
  PRESENTATION("presentation"),
  ECG("ecg"),
  WAVEFORM("waveform"),
  AUDIO("audio"),
  PLAN("plan"),
  STRUCTURES("structures"),
  DOSE("dose"),
  TREATMENT("treatment"),
  SEGMENTATION("segmentation"),
  REGISTRATION("registration"),
  RAW("raw"),
  MODEL("model"),
  MEASUREMENTS("measurements"),
  /// An image without a picture too.
  OTHER("other");

  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

  private final String code;

  DocumentKind(String code) {
    this.code = code;
  }

  public static DocumentKind of(String sopClass) {
    return sopClass.startsWith(STORAGE) ? stored(sopClass.substring(STORAGE.length())) : OTHER;
  }

  private static DocumentKind stored(String name) {
    return switch (name) {
      case "88.59" -> KEY_OBJECTS;
      case "104.1", "104.2" -> REPORT;
      case "104.3", "104.4", "104.5" -> MODEL;
      case "4.2", "66", "66.6" -> RAW;
      case "66.1", "66.3" -> REGISTRATION;
      case "66.4", "66.5", "66.7" -> SEGMENTATION;
      case "481.2" -> DOSE;
      case "481.3" -> STRUCTURES;
      case "481.4", "481.6", "481.7", "481.9" -> TREATMENT;
      default -> ofFamily(name);
    };
  }

  private static DocumentKind ofFamily(String name) {
    if (name.startsWith("88.") || name.startsWith("104.")) {
      return REPORT; // one of a class that is younger than this list is held back as they are
    }
    if (name.startsWith("9.")) {
      return name.startsWith("9.1.") ? ECG : name.startsWith("9.4.") ? AUDIO : WAVEFORM;
    }
    if (name.startsWith("11.")) {
      return PRESENTATION;
    }
    if (name.startsWith("481.")) {
      return PLAN;
    }
    return name.startsWith("78.") ? MEASUREMENTS : OTHER;
  }

  static Optional<DocumentKind> named(String code) {
    for (var kind : values()) {
      if (kind.code.equals(code)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return code;
  }
}
