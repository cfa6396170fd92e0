// A template whose form was checked: what CreateStack and a stack in progress work on.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "wire/document.h"
#include "wire/result.h"

namespace tidemill::cloudformation {

inline constexpr size_t kResourcesMax = 500;
inline constexpr size_t kParametersMax = 200;
inline constexpr size_t kOutputsMax = 200;

struct TemplateResource {
  std::string logical_id;
  std::string type;
  Document properties;          // an object; intrinsics unresolved
  std::string condition;        // empty: always
  std::string deletion_policy;  // Delete, Retain, RetainExceptOnCreate
  std::string update_replace_policy;
  std::set<std::string> depends_on;  // logical ids, explicit and by reference
};

class Template {
 public:
  // ValidationError, in AWS's words where it is known. Transforms and unknown sections are refused.
  static Result<Template> parse(std::string_view text);

  const Document& section(std::string_view name) const;  // an empty object when absent
  std::string description() const { return std::string(root_.text("Description")); }
  // In an order in which each comes after those it depends on.
  const std::vector<TemplateResource>& resources() const { return resources_; }
  const TemplateResource* find(std::string_view logical_id) const;
  // CAPABILITY_IAM or CAPABILITY_NAMED_IAM when IAM resources need it; empty otherwise.
  std::string capability() const;

 private:
  Status read_sections();
  Status read_resource(const std::string& id, const Document& value);
  Status check_references() const;
  Status sort_resources();

  Document root_;
  Document empty_ = Document::object();
  std::vector<TemplateResource> resources_;
};

// The names that Ref, Fn::GetAtt and Fn::Sub mention in `value`.
void collect_references(const Document& value, std::set<std::string>& out);

// The pieces of a Fn::Sub text: literal text and ${names}.
struct SubPiece {
  std::string text;
  bool is_name = false;
};
std::vector<SubPiece> split_sub(std::string_view text);

}  // namespace tidemill::cloudformation
