package org.studygate.dicom.deidentify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/// Treats a data set and all items in it, in place. Values are set as bytes: whatever character
/// set the file declares, ours are ASCII.
final class Deidentifier {
  /// Younger than the dictionary of the stand-in.
  private static final int LONGITUDINAL = 0x0028_0303;

  /// Frames of reference, palettes, coding schemes and the services of the standard itself. A UID
  /// elsewhere below its root is no well-known instance, whatever its maker thought.
  private static final Pattern WELL_KNOWN =
      Pattern.compile("1\\.2\\.840\\.10008\\.(1\\.(4|5|9|20|40|42)|2|15)(\\.\\d+)*");

  /// Say of what kind something is, or by whose words; every other UID is of one thing.
  private static final Set<Integer> CLASSES =
      Set.of(
          Tag.SOPClassUID,
          Tag.RelatedGeneralSOPClassUID,
          Tag.OriginalSpecializedSOPClassUID,
          Tag.SOPClassesInStudy,
          Tag.SOPClassesSupported,
          Tag.ReferencedSOPClassUID,
          Tag.CodingSchemeUID,
          0x0008_0117, // of a context group, and of a mapping
          0x0008_0118,
          0x0008_3002, // syntaxes that can be had
          Tag.MACCalculationTransferSyntaxUID,
          Tag.EncryptedContentTransferSyntaxUID,
          0x3010_0052, // classes in a study, in a series
          0x3010_0053);

  private final Profile profile;
  private final NewUids uids;
  private final int number;

  /// @param number what the copy's patient is called by, behind `Anonymous`
  Deidentifier(Profile profile, NewUids uids, int number) {
    this.profile = profile;
    this.uids = uids;
    this.number = number;
  }

  /// @param masked the image's words were blackened
  void treat(Attributes dataset, boolean masked) {
    var patient = Raw.text(dataset, Tag.PatientID);
    Deque<Attributes> open = new ArrayDeque<>();
    open.push(dataset);
    while (!open.isEmpty()) {
      var items = open.pop();
      var tags = items.tags();
      for (var i = tags.length - 1; i >= 0; i--) { // from behind, or each removal moves the rest
        element(items, tags[i], open);
      }
    }
    text(dataset, Tag.PatientName, VR.PN, "Anonymous^" + number);
    text(dataset, Tag.PatientID, VR.LO, uids.patient(patient));
    text(dataset, Tag.PatientIdentityRemoved, VR.CS, "YES");
    var basic = "Basic profile of PS3.15 Table E.1-1";
    var method = masked ? basic + "\\Clean Pixel Data Option" : basic;
    text(dataset, Tag.DeidentificationMethod, VR.LO, method);
    var methods = dataset.newSequence(Tag.DeidentificationMethodCodeSequence, 2);
    methods.add(code(dataset, "113100", "Basic Application Confidentiality Profile"));
    if (masked) {
      methods.add(code(dataset, "113101", "Clean Pixel Data Option"));
    }
    text(dataset, LONGITUDINAL, VR.CS, "REMOVED");
  }

  private void element(Attributes items, int tag, Deque<Attributes> open) {
    var vr = items.getVR(tag);
    switch (vr == VR.UN ? Action.REMOVE : profile.action(tag)) {
      case REMOVE -> items.remove(tag);
      case EMPTY -> items.setNull(tag, vr);
      case DUMMY -> dummy(items, tag, vr, open);
      case UID -> renamed(items, tag, vr);
      case CLEAN -> {
        if (vr == VR.SQ) {
          descend(items, tag, open);
        } else {
          items.remove(tag);
        }
      }
      case KEEP -> {
        if (vr == VR.SQ) {
          descend(items, tag, open);
        } else if (vr == VR.UI && !CLASSES.contains(tag)) {
          renamed(items, tag, vr);
        } else if (tells(tag, vr)) {
          items.remove(tag);
        }
      }
    }
  }

  /// Of no row, by what it is: names, days, for (0028,0303) says that they are gone, addresses and
  /// free text. Also what says in words of somebody else how he removed names.
  private static boolean tells(int tag, VR vr) {
    return tag == Tag.DeidentificationMethod
        || (Set.of(VR.PN, VR.DA, VR.DT, VR.ST, VR.LT, VR.UT, VR.UR).contains(vr) && !coding(tag));
  }

  /// Of codes: which scheme they are of, and what they are.
  private static boolean coding(int tag) {
    return tag >= 0x0008_0100 && tag <= 0x0008_0124;
  }

  private static void descend(Attributes items, int tag, Deque<Attributes> open) {
    if (items.getValue(tag) instanceof Sequence sequence) {
      sequence.forEach(open::push);
    }
  }

  private void renamed(Attributes items, int tag, VR vr) {
    if (vr != VR.UI) {
      items.remove(tag);
      return;
    }
    var old = Raw.text(items, tag);
    if (old.isEmpty()) {
      return;
    }
    var renamed = new ArrayList<String>();
    for (var uid : old.split("\\\\", -1)) {
      renamed.add(renamed(uid.strip()));
    }
    text(items, tag, vr, String.join("\\", renamed));
  }

  private String renamed(String uid) {
    return uid.isEmpty() || WELL_KNOWN.matcher(uid).matches() ? uid : uids.of(uid);
  }

  private void dummy(Attributes items, int tag, VR vr, Deque<Attributes> open) {
    if (vr == VR.SQ) {
      sequence(items, tag, open);
    } else if (vr == VR.UI) {
      text(items, tag, vr, uids.of("dummy"));
    } else {
      items.setBytes(tag, vr, Dummies.of(vr));
    }
  }

  /// One item with one code, which is what most of these hold. Operators have theirs a level
  /// below; a performed step is nothing but two UIDs.
  private void sequence(Attributes items, int tag, Deque<Attributes> open) {
    if (tag == Tag.ReferencedPerformedProcedureStepSequence) {
      descend(items, tag, open);
      return;
    }
    var into = items.newSequence(tag, 1);
    if (tag == Tag.OperatorIdentificationSequence) {
      var operator = new Attributes(items.bigEndian());
      operator
          .newSequence(Tag.PersonIdentificationCodeSequence, 1)
          .add(code(items, "0", "Anonymous"));
      into.add(operator);
    } else {
      into.add(code(items, "0", "Anonymous"));
    }
  }

  private static Attributes code(Attributes like, String value, String meaning) {
    var code = new Attributes(like.bigEndian(), 3);
    text(code, Tag.CodeValue, VR.SH, value);
    text(code, Tag.CodingSchemeDesignator, VR.SH, value.equals("0") ? "99ANON" : "DCM");
    text(code, Tag.CodeMeaning, VR.LO, meaning);
    return code;
  }

  private static void text(Attributes items, int tag, VR vr, String value) {
    items.setBytes(tag, vr, value.getBytes(StandardCharsets.US_ASCII));
  }
}
