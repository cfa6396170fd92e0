// awsQuery requests: a form whose names are paths ("Tags.member.1.Key").
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/document.h"
#include "wire/result.h"
#include "wire/shape.h"

namespace tidemill::protocols {

using FormFields = std::vector<std::pair<std::string, std::string>>;

Result<Document> document_of_form(const Shape& shape, const FormFields& fields);

}  // namespace tidemill::protocols
