/// Makes a copy of an image that tells nothing of the person: by the table of PS3.15, every
/// element that it names, everything that the standard does not know, and what lies in the streams
/// of compressed frames.
///
/// ```java
/// var copies = new Deidentifying(Profile.standard(), decoder);
/// var uids = new NewUids(keyOfTheBucket); // the copy's study: uids.of(oldStudyUid)
/// switch (copies.copy(bytes, out, uids, numberOfTheCopy)) {
///   case Outcome.Copied(var sopInstance, var look) ->
///       look.ifPresent(why -> waitForAPerson(sopInstance, why.code()));
///   case Outcome.LeftOut(var why) -> count(why); // nothing was written
/// }
/// ```
///
/// The file must be sound, as what is stored is. Words in the picture itself are not found here:
/// [org.studygate.dicom.deidentify.BurnedIn] says when a person must look, and what that one paints
/// over is a [org.studygate.dicom.deidentify.Mask] of the copy that is then made again.
///
/// Begin with [org.studygate.dicom.deidentify.Deidentifying], then
/// [org.studygate.dicom.deidentify.Deidentifier] for the elements and
/// [org.studygate.dicom.deidentify.Streams] for the frames, or
/// [org.studygate.dicom.deidentify.Blackened] for those that are masked. The rules stand in
/// docs/deidentification.md.
@NullMarked
package org.studygate.dicom.deidentify;

import org.jspecify.annotations.NullMarked;
