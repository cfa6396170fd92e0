#include "services/cloudformation/intrinsics.h"

#include "services/cloudformation/template_text.h"
#include "wire/json.h"

namespace tidemill::cloudformation {
namespace {

Error refuse(const std::string& reason) {
  return errors::ValidationError("Template error: " + reason);
}

std::optional<std::string> scalar_text(const Document& value) {
  if (const auto* text = value.if_string()) return *text;
  if (const auto* number = value.if_number()) return number->token;
  if (const auto* flag = value.if_bool()) return std::string(*flag ? "true" : "false");
  return std::nullopt;
}

const Document::Array* operands(const Document& operand, size_t count) {
  const auto* parts = operand.if_array();
  return parts && parts->size() == count ? parts : nullptr;
}

bool is_unknown(const Document& value) {
  const auto* text = value.if_string();
  return text && text->find(kUnknown) != std::string::npos;
}

}  // namespace

Result<Document> Intrinsics::resolve(const Document& value) const { return evaluated(value, 0); }

Result<Document> Intrinsics::evaluated(const Document& value, int depth) const {
  Value result = evaluate(value, depth);
  if (!result) return std::move(result).error();
  return std::move(*result).value_or(Document());
}

Result<std::string> Intrinsics::text(const Document& value, const std::string& function,
                                     int depth) const {
  const Result<Document> result = evaluated(value, depth);
  if (!result) return result.error();
  auto out = scalar_text(*result);
  if (!out) return refuse("every " + function + " value must be a string.");
  return *std::move(out);
}

Intrinsics::Value Intrinsics::evaluate(const Document& value, int depth) const {
  if (depth > kTemplateDepthMax) return refuse("functions are nested too deeply");
  if (value.is_object()) return evaluate_object(value, depth);
  const auto* elements = value.if_array();
  if (!elements) return std::optional<Document>(value);
  Document out = Document::array();
  for (const Document& element : *elements) {
    Value result = evaluate(element, depth + 1);
    if (!result) return result;
    if (*result) out.push(**std::move(result));
  }
  return std::optional<Document>(std::move(out));
}

Intrinsics::Value Intrinsics::evaluate_object(const Document& value, int depth) const {
  const auto& members = value.as_object();
  if (members.size() == 1) {
    const auto& [name, operand] = members.front();
    if (name == "Ref") return ref(operand);
    if (name.starts_with("Fn::")) return call(name, operand, depth + 1);
    if (name == "Condition" && operand.is_string() &&
        source_.section("Conditions").find(operand.as_string())) {
      const Result<bool> holds = condition_at(operand.as_string(), depth + 1);
      if (!holds) return holds.error();
      return std::optional<Document>(*holds);
    }
  }
  Document out = Document::object();
  for (const auto& [name, member] : members) {
    Value result = evaluate(member, depth + 1);
    if (!result) return result;
    if (*result) out.set(name, **std::move(result));
  }
  return std::optional<Document>(std::move(out));
}

Intrinsics::Value Intrinsics::call(const std::string& function, const Document& operand,
                                   int depth) const {
  if (function == "Fn::GetAtt") return get_att(operand, depth);
  if (function == "Fn::Sub") return sub(operand, depth);
  if (function == "Fn::Join") return join(operand, depth);
  if (function == "Fn::Select") return select(operand, depth);
  if (function == "Fn::Split") return split(operand, depth);
  if (function == "Fn::FindInMap") return find_in_map(operand, depth);
  if (function == "Fn::ImportValue") return import_value(operand, depth);
  if (function == "Fn::If") return if_(operand, depth);
  if (function == "Fn::Base64") return base64(operand, depth);
  if (function == "Fn::Equals" || function == "Fn::And" || function == "Fn::Or" ||
      function == "Fn::Not") {
    return logic(function, operand, depth);
  }
  if (function == "Fn::GetAZs") {
    Document zones = Document::array();
    for (const char* zone : {"a", "b", "c"}) zones.push(names_.scope.region + zone);
    return std::optional<Document>(std::move(zones));
  }
  return refuse(function + " is not supported by Tidemill.");
}

Intrinsics::Value Intrinsics::ref(const Document& operand) const {
  if (!operand.is_string()) return refuse("Ref must be a string.");
  return ref_name(operand.as_string());
}

Intrinsics::Value Intrinsics::ref_name(const std::string& name) const {
  const auto known = [](std::string text) -> Value { return std::optional<Document>(text); };
  if (name == "AWS::NoValue") return std::optional<Document>();
  if (name == "AWS::Region") return known(names_.scope.region);
  if (name == "AWS::AccountId") return known(names_.scope.account);
  if (name == "AWS::StackName") return known(names_.stack_name);
  if (name == "AWS::StackId") return known(names_.stack_id);
  if (name == "AWS::Partition") return known("aws");
  if (name == "AWS::URLSuffix") return known("amazonaws.com");
  if (name == "AWS::NotificationARNs") return std::optional<Document>(Document::array());
  if (const auto parameter = parameters_.find(name); parameter != parameters_.end()) {
    return std::optional<Document>(parameter->second);
  }
  const TemplateResource* resource = source_.find(name);
  if (!resource) return refuse("unresolved reference " + name);
  auto value = references_.ref(name);
  return std::optional<Document>(value ? *std::move(value) : Document(kUnknown));
}

Intrinsics::Value Intrinsics::attribute(const std::string& logical_id,
                                        const std::string& name) const {
  if (!source_.find(logical_id)) {
    return refuse("instance of Fn::GetAtt references undefined resource " + logical_id);
  }
  Result<std::optional<Document>> value = references_.attribute(logical_id, name);
  if (!value) return std::move(value).error();
  return std::optional<Document>(*value ? **std::move(value) : Document(kUnknown));
}

Intrinsics::Value Intrinsics::get_att(const Document& operand, int depth) const {
  const auto* parts = operands(operand, 2);
  if (const auto* dotted = operand.if_string()) {
    const size_t dot = dotted->find('.');
    if (dot != std::string::npos) {
      return attribute(dotted->substr(0, dot), dotted->substr(dot + 1));
    }
  }
  if (!parts || !(*parts)[0].is_string()) {
    return refuse(
        "every Fn::GetAtt object requires two non-empty parameters, the resource name "
        "and the resource attribute");
  }
  const Result<std::string> name = text((*parts)[1], "Fn::GetAtt", depth);
  if (!name) return name.error();
  return attribute((*parts)[0].as_string(), *name);
}

Intrinsics::Value Intrinsics::sub(const Document& operand, int depth) const {
  const auto* parts = operands(operand, 2);
  const Document& format = parts ? (*parts)[0] : operand;
  const Document* variables = parts ? &(*parts)[1] : nullptr;
  if (!format.is_string() || (variables && !variables->is_object())) {
    return refuse("One or more Fn::Sub intrinsic functions don't specify expected arguments.");
  }
  std::string out;
  for (const SubPiece& piece : split_sub(format.as_string())) {
    if (!piece.is_name) {
      out += piece.text;
      continue;
    }
    const Document* variable = variables ? variables->find(piece.text) : nullptr;
    const size_t dot = piece.text.find('.');
    Value value = variable ? evaluate(*variable, depth)
                  : dot == std::string::npos
                      ? ref_name(piece.text)
                      : attribute(piece.text.substr(0, dot), piece.text.substr(dot + 1));
    if (!value) return value;
    const auto piece_text = *value ? scalar_text(**value) : std::nullopt;
    if (!piece_text) return refuse("Fn::Sub expression does not resolve to a string");
    out += *piece_text;
  }
  return std::optional<Document>(std::move(out));
}

Intrinsics::Value Intrinsics::join(const Document& operand, int depth) const {
  const auto* parts = operands(operand, 2);
  if (!parts || !(*parts)[0].is_string()) {
    return refuse(
        "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a "
        "list of strings to be joined or a function that returns a list of strings.");
  }
  const Result<Document> values = evaluated((*parts)[1], depth);
  if (!values) return values.error();
  if (is_unknown(*values)) return std::optional<Document>(*values);
  if (!values->is_array()) return refuse("the second parameter of Fn::Join must be a list.");
  std::string out;
  bool first = true;
  for (const Document& value : values->as_array()) {
    const auto piece = scalar_text(value);
    if (!piece) return refuse("every value of Fn::Join must be a string.");
    if (!first) out += (*parts)[0].as_string();
    first = false;
    out += *piece;
  }
  return std::optional<Document>(std::move(out));
}

Intrinsics::Value Intrinsics::select(const Document& operand, int depth) const {
  const auto* parts = operands(operand, 2);
  if (!parts) return refuse("every Fn::Select object requires two parameters.");
  const Result<std::string> index = text((*parts)[0], "Fn::Select", depth);
  if (!index) return index.error();
  const Result<Document> values = evaluated((*parts)[1], depth);
  if (!values) return values.error();
  if (is_unknown(*values)) return std::optional<Document>(*values);
  const auto at = Document(Document::Number{*index}).to_int64();
  const auto* list = values->if_array();
  if (!at || !list || *at < 0 || static_cast<size_t>(*at) >= list->size()) {
    return refuse("Fn::Select cannot select nonexistent value at index " + *index);
  }
  return std::optional<Document>((*list)[static_cast<size_t>(*at)]);
}

Intrinsics::Value Intrinsics::split(const Document& operand, int depth) const {
  const auto* parts = operands(operand, 2);
  if (!parts || !(*parts)[0].is_string() || (*parts)[0].as_string().empty()) {
    return refuse(
        "every Fn::Split object requires two parameters, (1) a string delimiter and (2) "
        "a string to be split or a function that returns a string to be split.");
  }
  const Result<std::string> source = text((*parts)[1], "Fn::Split", depth);
  if (!source) return source.error();
  if (source->find(kUnknown) != std::string::npos) return std::optional<Document>(kUnknown);
  const std::string& at = (*parts)[0].as_string();
  Document out = Document::array();
  size_t from = 0;
  for (size_t to = source->find(at); to != std::string::npos; to = source->find(at, from)) {
    out.push(source->substr(from, to - from));
    from = to + at.size();
  }
  out.push(source->substr(from));
  return std::optional<Document>(std::move(out));
}

Intrinsics::Value Intrinsics::find_in_map(const Document& operand, int depth) const {
  const auto* parts = operands(operand, 3);
  if (!parts) return refuse("every Fn::FindInMap object requires three parameters.");
  const Document* at = &source_.section("Mappings");
  for (const Document& part : *parts) {
    const Result<std::string> name = text(part, "Fn::FindInMap", depth);
    if (!name) return name.error();
    at = at->find(*name);
    if (!at) return refuse("Unable to get mapping for " + *name);
  }
  return std::optional<Document>(*at);
}

Intrinsics::Value Intrinsics::import_value(const Document& operand, int depth) const {
  const Result<std::string> name = text(operand, "Fn::ImportValue", depth);
  if (!name) return name.error();
  auto value = references_.exported(*name);
  if (!value) return errors::ValidationError("No export named " + *name + " found.");
  return std::optional<Document>(*std::move(value));
}

Intrinsics::Value Intrinsics::if_(const Document& operand, int depth) const {
  const auto* parts = operands(operand, 3);
  if (!parts || !(*parts)[0].is_string()) {
    return refuse(
        "Fn::If requires a list argument with three elements: a condition and two "
        "values.");
  }
  const Result<bool> holds = condition_at((*parts)[0].as_string(), depth + 1);
  if (!holds) return holds.error();
  return evaluate((*parts)[*holds ? 1 : 2], depth);
}

Intrinsics::Value Intrinsics::logic(const std::string& function, const Document& operand,
                                    int depth) const {
  const auto* parts = operand.if_array();
  const size_t count = parts ? parts->size() : 0;
  if (function == "Fn::Equals") {
    if (count != 2)
      return refuse("every Fn::Equals object requires a list of 2 string parameters.");
    const Result<std::string> left = text((*parts)[0], function, depth);
    const Result<std::string> right = text((*parts)[1], function, depth);
    if (!left || !right) return left ? right.error() : left.error();
    return std::optional<Document>(*left == *right);
  }
  const bool is_not = function == "Fn::Not";
  if (is_not ? count != 1 : (count < 2 || count > 10)) {
    return refuse("every " + function + " object requires a list of " +
                  (is_not ? "one condition." : "at least 2 and at most 10 boolean parameters."));
  }
  const bool is_and = function == "Fn::And";
  bool out = is_and;
  for (const Document& part : *parts) {
    const Result<bool> holds = condition_value(part, depth);
    if (!holds) return holds.error();
    out = is_not ? !*holds : is_and ? out && *holds : out || *holds;
  }
  return std::optional<Document>(out);
}

Intrinsics::Value Intrinsics::base64(const Document& operand, int depth) const {
  const Result<std::string> source = text(operand, "Fn::Base64", depth);
  if (!source) return source.error();
  return std::optional<Document>(base64_encode(*source));
}

Result<bool> Intrinsics::condition_value(const Document& value, int depth) const {
  if (depth > kTemplateDepthMax) return refuse("conditions are nested too deeply");
  if (!value.text("Condition").empty()) {
    const Document* other = source_.section("Conditions").find(value.text("Condition"));
    if (!other) return refuse("unresolved condition " + std::string(value.text("Condition")));
    return condition_value(*other, depth + 1);
  }
  const Result<Document> result = evaluated(value, depth + 1);
  if (!result) return result.error();
  if (const auto* flag = result->if_bool()) return *flag;
  return refuse("a condition must be true or false.");
}

Result<bool> Intrinsics::condition_at(const std::string& name, int depth) const {
  if (name.empty()) return true;
  const Document* value = source_.section("Conditions").find(name);
  if (!value) return refuse("unresolved condition " + name);
  return condition_value(*value, depth);
}

Result<bool> Intrinsics::condition(const std::string& name) const { return condition_at(name, 0); }

}  // namespace tidemill::cloudformation
