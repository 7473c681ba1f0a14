/// GET /api/departments, /api/departments/{id}: what everybody may know of a department.
@NullMarked
package org.studygate.departmentview;

import org.jspecify.annotations.NullMarked;
