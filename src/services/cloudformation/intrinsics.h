// The intrinsic functions of a template, resolved.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "services/cloudformation/template.h"
#include "wire/caller.h"

namespace tidemill::cloudformation {

// What the names in a template stand for outside of it.
class References {
 public:
  virtual ~References() = default;
  // The Ref of a resource that exists; nullopt when it does not exist yet.
  virtual std::optional<Document> ref(const std::string& logical_id) const = 0;
  // nullopt when the resource does not exist yet. ValidationError: it has no such attribute.
  virtual Result<std::optional<Document>> attribute(const std::string& logical_id,
                                                    const std::string& name) const = 0;
  virtual std::optional<std::string> exported(const std::string& name) const = 0;
};

// What stands in a resolved value for what is not known before a resource exists.
inline constexpr const char* kUnknown = "{{unknown until created}}";

struct StackNames {
  Scope scope;
  std::string stack_name;
  std::string stack_id;
};

class Intrinsics {
 public:
  // All outlive this. `parameters` are the values by name: texts, or lists of texts.
  Intrinsics(const Template& source, const std::map<std::string, Document>& parameters,
             const StackNames& names, const References& references)
      : source_(source), parameters_(parameters), names_(names), references_(references) {}

  // The value without intrinsics; members that are AWS::NoValue are left out.
  Result<Document> resolve(const Document& value) const;
  // True for the empty name.
  Result<bool> condition(const std::string& name) const;

 private:
  using Value = Result<std::optional<Document>>;  // nullopt: AWS::NoValue
  Value evaluate(const Document& value, int depth) const;
  Value evaluate_object(const Document& value, int depth) const;
  Value call(const std::string& function, const Document& operand, int depth) const;
  Value ref(const Document& operand) const;
  Value ref_name(const std::string& name) const;
  Value get_att(const Document& operand, int depth) const;
  Value attribute(const std::string& logical_id, const std::string& name) const;
  Value sub(const Document& operand, int depth) const;
  Value join(const Document& operand, int depth) const;
  Value select(const Document& operand, int depth) const;
  Value split(const Document& operand, int depth) const;
  Value find_in_map(const Document& operand, int depth) const;
  Value import_value(const Document& operand, int depth) const;
  Value if_(const Document& operand, int depth) const;
  Value logic(const std::string& function, const Document& operand, int depth) const;
  Value base64(const Document& operand, int depth) const;
  Result<Document> evaluated(const Document& value, int depth) const;
  Result<std::string> text(const Document& value, const std::string& function, int depth) const;
  Result<bool> condition_at(const std::string& name, int depth) const;
  Result<bool> condition_value(const Document& value, int depth) const;

  const Template& source_;
  const std::map<std::string, Document>& parameters_;
  const StackNames& names_;
  const References& references_;
};

}  // namespace tidemill::cloudformation
