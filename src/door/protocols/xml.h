// XML bodies by the model (restXml, awsQuery answers).
#pragma once

#include <string>
#include <string_view>

#include "wire/document.h"
#include "wire/result.h"
#include "wire/shape.h"

namespace tidemill::protocols {

inline constexpr size_t kXmlBytesMax = 8U << 20;
inline constexpr int kXmlDepthMax = 64;

// The root element of `text` as a Document of `shape`. MalformedXML when it is not XML.
Result<Document> document_of_xml(const Shape& shape, std::string_view text);

// Appends the members of `value` (by AWS's names) as elements, without an element around them.
// Members that travel elsewhere (headers, status) are left out.
void append_xml_members(std::string& out, const Shape& shape, const Document& value);

// Appends <name xmlns="...">value</name>.
void append_xml_element(std::string& out, std::string_view name, std::string_view xml_namespace,
                        const Shape& shape, const Document& value);

// Appends text with & < > " and control characters escaped.
void append_xml_text(std::string& out, std::string_view text);

}  // namespace tidemill::protocols
