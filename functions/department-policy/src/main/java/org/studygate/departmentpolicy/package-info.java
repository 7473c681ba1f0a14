/// GET and PUT /api/desk/policy and its versions: a department's rules and what it says of itself,
/// changed by its own people.
@NullMarked
package org.studygate.departmentpolicy;

import org.jspecify.annotations.NullMarked;
