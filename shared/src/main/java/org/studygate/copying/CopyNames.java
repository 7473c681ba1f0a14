package org.studygate.copying;

import java.util.Collection;
import java.util.HashMap;
import org.studygate.access.Origin;
import org.studygate.access.Scope;
import org.studygate.platform.Pepper;
import org.studygate.study.StudyId;

/// What copies are called, known before they are made: so a bucket can name them in the act that
/// makes it. Who has neither the bucket nor our secret cannot tell of what they are.
public final class CopyNames {
  private static final int FIRST_NUMBER = 100_000;
  private static final int NUMBERS = 900_000;
  private static final int HEX = 16;

  private final Pepper pepper;

  public CopyNames(Pepper pepper) {
    this.pepper = pepper;
  }

  /// Not of any UID: nothing that is sent can be filed into a copy.
  public StudyId copy(String bucket, StudyId source) {
    return new StudyId(StudyId.name(pepper.hash("copy", bucket + '|' + source)));
  }

  /// What a bucket opens that shows copies of these studies.
  public Scope.OfCopies plan(String bucket, Collection<StudyId> sources) {
    var copies = new HashMap<StudyId, StudyId>();
    sources.forEach(source -> copies.put(copy(bucket, source), source));
    return new Scope.OfCopies(bucket, copies);
  }

  /// For the UIDs of a bucket's copies.
  public byte[] key(String bucket) {
    return pepper.derive("copies|" + bucket);
  }

  /// What a copy's patient is called by, in place of a first name. What is printed is of one
  /// patient, whatever files call him; what is shared may be of several.
  public int number(String bucket, Origin.Kind kind, String patientId) {
    var whose = kind == Origin.Kind.PRINT ? "" : patientId;
    var hash = pepper.hash("copied-patient", bucket + '|' + whose);
    return FIRST_NUMBER
        + (int) Long.remainderUnsigned(Long.parseUnsignedLong(hash, 0, HEX, HEX), NUMBERS);
  }
}
