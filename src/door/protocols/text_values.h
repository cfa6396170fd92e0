// Values that travel as text: headers, query strings, form fields, XML.
#pragma once

#include <string>
#include <string_view>

#include "wire/document.h"
#include "wire/result.h"
#include "wire/shape.h"

namespace tidemill::protocols {

// Text -> a Document of the shape's kind; a timestamp in any of the forms AWS reads.
// SerializationException when it does not fit.
Result<Document> value_of_text(const Shape& shape, std::string_view text);

// And back. `format` is the protocol's default where the model says nothing.
std::string text_of_value(const Document& value, TimestampFormat format);

// The format in force: the member's, else the shape's, else `fallback`.
TimestampFormat timestamp_format(const Member& member, TimestampFormat fallback);

}  // namespace tidemill::protocols
