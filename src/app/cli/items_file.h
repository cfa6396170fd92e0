// Items out of a file: JSON lines, or CSV with a head (RFC 4180).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "wire/document.h"
#include "wire/result.h"

namespace tidemill::cli {

// Attribute name -> "S", "N" or "B": the types the table's keys must have.
using KeyTypes = std::map<std::string, std::string>;

// Each item in DynamoDB's JSON ({"id": {"S": "x"}}). In CSV a cell is a number when it reads as
// one, a list or map when it is JSON, else text; an empty cell is no attribute. The message of an
// error names the line.
Result<std::vector<Document>> items_of_csv(const std::string& text, const KeyTypes& keys);
Result<std::vector<Document>> items_of_json_lines(const std::string& text, const KeyTypes& keys);

// Plain JSON as a DynamoDB attribute.
Document attribute_of(const Document& value);

}  // namespace tidemill::cli
