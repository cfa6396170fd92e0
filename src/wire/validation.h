// Checks an input against AWS's model and says what AWS says:
// "2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: Member
// must not be null; Value ...".
#pragma once

#include "wire/document.h"
#include "wire/result.h"
#include "wire/shape.h"

namespace tidemill {

// `input` is an object by AWS's member names. Kinds are made to fit first: base64 text becomes a
// Blob and seconds or ISO 8601 text a Timestamp where the model says so; a value of another kind is
// a SerializationException, as AWS answers before it validates. Members that the model does not
// know are dropped. Then required, length, range, pattern and enum: ValidationException with every
// violation, each as AWS words it.
Status fit_to_shape(const Shape& shape, Document& input);
Status validate(const Shape& shape, const Document& input);

}  // namespace tidemill
