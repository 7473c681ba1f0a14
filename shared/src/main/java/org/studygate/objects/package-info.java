/// Objects in buckets of S3: their keys, and what is done with them.
@NullMarked
package org.studygate.objects;

import org.jspecify.annotations.NullMarked;
