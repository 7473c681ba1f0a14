/// Everything that knows DICOM: checks a file, reads its facts, finds and decodes its frames, draws
/// its previews.
///
/// ```java
/// try (var bytes = Bytes.of(path)) {
///   switch (DicomFile.open(bytes)) { // IOException: the bytes cannot be read, try again
///     case Rejected(var reason, var offset) ->
///         quarantine(reason.code(), reason.sentence(), offset);
///     case DicomFile file -> {
///       try (file) {
///         var header = file.header();     // ids, patient, study, series, image
///         var metadata = file.json();     // DICOM JSON without pixels and bulk data
///         var exact = file.exactPixels(); // uncompressed little endian: offset, length ...
///         var pdf = file.pdf();           // where an encapsulated PDF lies
///         var sizes = Previews.sizes(header.series().modality());
///         switch (Previews.render(file, 0, sizes, decoder)) {
///           case Rendered.Pictures(var pictures) -> store(pictures); // one JPEG per size
///           case Rendered.NotDrawn(var why) -> sayWhy(why.code()); // the original stays
///         }
///         store(file.original()); // as it came or mended, the preamble zeroed
///         if (!file.mended().isEmpty()) {
///           keep(file.asItCame(), file.mended());
///         }
///       }
///     }
///   }
/// }
/// ```
///
/// The decoder is a [org.studygate.dicom.frame.DecoderProcess], closed when a batch is done.
///
/// Behind this package lie four rooms, each using only those before it:
///
/// - `guard` passes over every byte before any library does, mends a copy of what is not sound, and
///   refuses what cannot be mended;
/// - `header` reads what the file says in words and numbers;
/// - `frame` finds the frames and decodes them;
/// - `draw` turns a frame into small pictures.
///
/// Begin with [org.studygate.dicom.DicomFile], which goes through them in that order.
@NullMarked
package org.studygate.dicom;

import org.jspecify.annotations.NullMarked;
