// JSON text <-> Document (RFC 8259).
#pragma once

#include <string>
#include <string_view>

#include "wire/document.h"

namespace tidemill {

inline constexpr int kJsonDepthMax = 256;

// SerializationException when the text is not JSON or nests deeper than kJsonDepthMax. Numbers keep
// their text, whatever their size. A repeated member is kept; Document::find answers the last one.
Result<Document> parse_json(std::string_view text);

// Compact text. Blobs are written as base64, timestamps as seconds with up to three decimals.
std::string to_json(const Document& document);
void append_json(std::string& out, const Document& document);
// A quoted and escaped JSON string.
void append_json_string(std::string& out, std::string_view text);
// Two-space indentation, for people.
std::string to_pretty_json(const Document& document);

}  // namespace tidemill
