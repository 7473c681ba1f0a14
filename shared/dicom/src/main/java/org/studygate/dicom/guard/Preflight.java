package org.studygate.dicom.guard;

import java.io.Closeable;
import java.io.IOException;

/// A file that the walker has accepted, and the bytes that its offsets speak of: the file itself,
/// or, of a deflated file, its inflated data set.
public record Preflight(Walked accepted, Bytes dataset, boolean inflated) implements Closeable {

  public static Preflight pass(Bytes file, Bounds limits) throws IOException, Refusal {
    var meta = Meta.read(file, limits);
    if (meta.syntax() != TransferSyntax.DEFLATED) {
      return new Preflight(Walker.walk(file, meta, limits), file, false);
    }
    var inflated = Inflated.from(file, meta.datasetStart(), limits);
    try {
      var inside = new Meta(meta.syntax(), 0, meta.notes());
      return new Preflight(Walker.walk(inflated, inside, limits), inflated, true);
    } catch (IOException | Refusal | RuntimeException failure) {
      inflated.close();
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    if (inflated) {
      dataset.close();
    }
  }
}
