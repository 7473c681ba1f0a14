package org.studygate.order;

import java.util.Optional;

/// What the people of a hospital are told about whose a study or a report is (docs/receipts.md).
public enum Remark {
  /// No order gets the study.
  PATIENT_MISMATCH(
      "patient-mismatch",
      "An order names this study or its accession number, but the files are of another patient: the"
          + " study opens for nobody. Correct the order or the files (patient id, issuer, date of"
          + " birth) and send them again."),
  PATIENT_UNKNOWN(
      "patient-unknown",
      "Neither patient id with issuer nor date of birth can be compared between the order and the"
          + " files: the study opens for nobody. Send the order or the files again with them."),
  PATIENTS_MIXED(
      "patients-mixed",
      "The files of this study are of several patients, and no order tells whose it is: it opens for"
          + " nobody. Correct the files and send them under new UIDs, or list the study in its"
          + " order."),
  ACCESSIONS_MIXED(
      "accessions-mixed",
      "The files of this study bear the accession numbers of several orders: it opens for none of"
          + " them. List the study's UID in the order that it belongs to."),
  ACCESSION_UNUSABLE(
      "accession-unusable",
      "The files of this study have no accession number of 1 to 64 characters, and no order lists the"
          + " study: it opens for nobody. List the study's UID in its order."),
  TOO_MANY_PATIENTS(
      "too-many-patients",
      "The files of this study name a hundred patients or accession numbers: those that came later"
          + " are held back. Send them as studies of their own."),

  /// The order that gets the study is right, something else is not.
  INSTANCE_OTHER_PATIENT(
      "instance-other-patient",
      "This object is not of the patient of its study's order, as far as it says: it is held back and"
          + " not shown. Correct patient id, issuer or date of birth and send it again under a new"
          + " UID."),
  LISTED_FOR_SEVERAL_PATIENTS(
      "listed-for-several-patients",
      "Orders of several patients list this study: it opens only for the patient whose files they are."
          + " Take it out of the other orders."),
  PATIENT_DIFFERS(
      "patient-differs",
      "The order lists this study, whose files bear the accession number of another patient's order."
          + " It is shown, for the patient is the same. Look at the accession number of the files."),
  NAME_DIFFERS(
      "name-differs",
      "The names in the order, in what came before it or in the files differ; nothing else says that it"
          + " is not one patient, and all is used. Look whether it is."),
  BIRTH_DATE_DIFFERS(
      "birth-date-differs",
      "The dates of birth in the order and in the files differ; patient id and issuer agree, and the"
          + " study is shown. Correct the one that is wrong."),

  /// About messages.
  REPORT_OTHER_ORDER(
      "report-other-order",
      "The report names a study that belongs to another order than its accession number: it is not"
          + " shown. Send it again with the accession number of the study's order."),
  REPORT_IN_DOUBT(
      "report-in-doubt",
      "Orders of two patients bear this accession number, and the report names nothing else: it is"
          + " not shown. Send it again with the UID of its study."),
  ACCESSION_OTHER_PATIENT(
      "accession-other-patient",
      "An order with this accession number is known for another patient, and stays. Send this one with"
          + " an accession number of its own, or, if it is the same patient, with the patient id of"
          + " the former order.");

  private final String code;
  private final String sentence;

  Remark(String code, String sentence) {
    this.code = code;
    this.sentence = sentence;
  }

  public String code() {
    return code;
  }

  public String sentence() {
    return sentence;
  }

  static Optional<Remark> of(String code) {
    for (var remark : values()) {
      if (remark.code.equals(code)) {
        return Optional.of(remark);
      }
    }
    return Optional.empty();
  }
}
