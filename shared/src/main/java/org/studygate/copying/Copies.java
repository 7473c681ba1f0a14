package org.studygate.copying;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.studygate.study.Instance;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;

/// How far copies are. Whatever is written here may be written again: the end is the same.
public interface Copies {
  /// That copies are to be made for a bucket, from the act that made it until nothing of them is
  /// left.
  ///
  /// @param tries how often they were looked for and not found whole since something was done
  /// @param failed whoever asked is told so; they are still looked for, once a day
  record Job(String bucket, String department, int tries, boolean failed) {}

  /// @param department that made what is copied
  /// @param pixels what somebody decided about its pictures
  /// @param waits since when somebody must look at its pictures
  /// @param reason why, the first of several
  /// @param left what it does not have, once each of its series was gone through
  record Copy(
      StudyId id,
      String bucket,
      StudyId source,
      String department,
      Optional<Pixels> pixels,
      Optional<Instant> waits,
      Optional<String> reason,
      LeftOut left,
      boolean whole) {
    /// One of which nothing is copied so far.
    public static Copy planned(StudyId id, String bucket, StudyId source, String department) {
      return new Copy(
          id,
          bucket,
          source,
          department,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          LeftOut.NOTHING,
          false);
    }
  }

  /// One series of the study that is copied.
  ///
  /// @param of how many images it has
  /// @param done how many of them are copied, or left out for good
  /// @param looks how many somebody must look at first
  /// @param left what is left out of it for good, once it was gone through
  /// @param finished nothing is left to be done of it but what waits for somebody
  record Part(SeriesUid series, int of, int done, int looks, LeftOut left, boolean finished) {
    public static Part planned(SeriesUid series, int of) {
      return new Part(series, of, 0, 0, LeftOut.NOTHING, false);
    }

    /// Whether there is something to be copied.
    public boolean open(boolean decided) {
      return !finished || (decided && looks > 0);
    }
  }

  /// An image that somebody must look at.
  record Look(SeriesUid series, String sop, String reason) {
    /// Of the pictures that are looked at.
    public static final int SIZE = 512;

    /// Whether each frame of it was drawn: nobody says of others that nothing is in them.
    public static boolean possible(Instance instance) {
      var pictures = instance.pictures();
      return !pictures.goesOn()
          && pictures.frames() == instance.frames()
          && pictures.missing().isEmpty()
          && pictures.sizes().contains(SIZE);
    }
  }

  Optional<Job> job(String bucket);

  /// When to look at a bucket again. What was done meanwhile begins the count of tries anew.
  void again(String bucket, Instant at, boolean tried, boolean failed);

  /// Every copy that was planned for a bucket, also what was taken out of it since.
  List<StudyId> of(String bucket);

  /// Nothing is left of one.
  void forget(String bucket, StudyId copy);

  /// Nothing is left.
  void over(String bucket);

  /// Notes what is to be copied, unless it is noted already.
  void plan(Copy copy, Collection<Part> parts);

  Optional<Copy> find(StudyId copy);

  /// Those of them that are planned.
  List<Copy> planned(Collection<StudyId> copies);

  List<Part> parts(StudyId copy);

  /// So many are done so far.
  void advanced(StudyId copy, SeriesUid series, int done);

  void finished(StudyId copy, SeriesUid series, int done, int looks, LeftOut left);

  /// What is left out of all of it.
  void counted(StudyId copy, LeftOut left);

  void look(StudyId copy, Look look);

  List<Look> looks(StudyId copy);

  /// It waits until somebody has looked, unless somebody has.
  void waits(StudyId copy, String reason, Instant now);

  void whole(StudyId copy, Instant now);

  /// Everything of a copy: it is as if it had never been.
  void remove(StudyId copy);
}
