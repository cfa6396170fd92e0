// The text of a CloudFormation template, JSON or YAML, as a Document. The short forms of YAML
// (!Ref, !GetAtt a.b, !Sub ...) become the long ones ({"Ref": ...}, {"Fn::GetAtt": [...]}).
#pragma once

#include <string_view>

#include "wire/document.h"
#include "wire/result.h"

namespace tidemill::cloudformation {

inline constexpr size_t kTemplateBytesMax = 51'200;  // of a TemplateBody
inline constexpr size_t kTemplateNodesMax = 50'000;  // after aliases are expanded
inline constexpr int kTemplateDepthMax = 100;

// ValidationError, "Template format error: ...".
Result<Document> parse_template_text(std::string_view text);

}  // namespace tidemill::cloudformation
