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
///           case NotDecodable(var why) -> sayWhy(why.code()); // the original stays
///         }
///         store(file.original()); // every byte as it came, the preamble zeroed
///       }
///     }
///   }
/// }
/// ```
///
/// The decoder is a [org.studygate.dicom.DecoderProcess], closed when a batch is done.
///
/// [org.studygate.dicom.Walker] passes over every byte first; no type of the DICOM library leaves
/// this package, and the library never sees a file that the walker has not accepted. Text that does
/// not decode becomes replacement characters.
@NullMarked
package org.studygate.dicom;

import org.jspecify.annotations.NullMarked;
