package org.studygate.anonymize;

import java.util.Set;
import org.studygate.copying.Copies;
import org.studygate.copying.Release;
import org.studygate.objects.Derived;
import org.studygate.objects.Keys;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;

/// Takes copies away that nobody can open any more: first what can be seen, then what is known of
/// it, then that there was something to be done.
record Removing(Copies copies, Release release, Studies studies, Derived objects) {
  /// Those of a bucket that has ended.
  void all(String bucket) {
    copies.of(bucket).forEach(copy -> remove(bucket, copy));
    release.forget(bucket);
    copies.over(bucket);
  }

  /// What was kept for the moment in which it opened.
  void told(String bucket) {
    release.forget(bucket);
  }

  /// Those that a bucket opens no longer.
  void takenOut(String bucket, Set<StudyId> opened) {
    copies.of(bucket).stream()
        .filter(copy -> !opened.contains(copy))
        .forEach(copy -> remove(bucket, copy));
  }

  private void remove(String bucket, StudyId id) {
    studies.find(id).stream()
        .filter(copy -> !copy.original())
        .flatMap(copy -> Keys.copies(copy.shelf(), copy.uid()).stream())
        .flatMap(prefix -> objects.keys(prefix).stream())
        .forEach(objects::remove);
    copies.remove(id);
    copies.forget(bucket, id);
  }
}
