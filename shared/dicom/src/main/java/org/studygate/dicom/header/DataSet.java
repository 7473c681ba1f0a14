package org.studygate.dicom.header;

import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;

/// The values of a data set or of an item of it, for whoever reads more of a file than its header:
/// text as it is written, never a failure.
public final class DataSet {
  private final Attributes attributes;

  DataSet(Attributes attributes) {
    this.attributes = attributes;
  }

  /// The first value, trimmed; empty when absent.
  public String text(int tag) {
    return Values.text(attributes, tag);
  }

  public List<String> texts(int tag) {
    return List.of(Values.texts(attributes, tag));
  }

  /// Whether it is there, also without a value.
  public boolean has(int tag) {
    return attributes.contains(tag);
  }

  /// The items of a sequence, none if it is none.
  public List<DataSet> items(int tag) {
    var items = new ArrayList<DataSet>();
    var sequence = attributes.getSequence(tag);
    if (sequence != null) {
      sequence.forEach(item -> items.add(new DataSet(item)));
    }
    return items;
  }
}
