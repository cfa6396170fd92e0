// The values of a template's parameters for one request.
#pragma once

#include <map>
#include <string>

#include "services/cloudformation/template.h"

namespace tidemill::cloudformation {

struct GivenParameter {
  std::string value;
  bool use_previous = false;
};

// The text of every parameter that the template declares: as given, as before, or its default.
// ValidationError: a value is missing, not declared, or against the declaration.
Result<std::map<std::string, std::string>> parameter_values(
    const Template& source, const std::map<std::string, GivenParameter>& given,
    const std::map<std::string, std::string>& previous);

// The same as intrinsics see them: lists of texts for the list types.
std::map<std::string, Document> parameter_documents(
    const Template& source, const std::map<std::string, std::string>& values);

bool is_no_echo(const Template& source, const std::string& parameter);
// The text of a scalar in a template; empty for anything else.
std::string scalar_of(const Document* value);

}  // namespace tidemill::cloudformation
