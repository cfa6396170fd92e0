// What the engine knows of a resource type: one file per type in types/, named after it
// (types/AWS_Kinesis_Stream.cc), with one function of that name that describes it. The build lists
// the files; there is no second place.
//
// A type calls the same operations that a user would call. Properties that it does not know are
// refused by name, never ignored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/call/environment.h"
#include "services/cloudformation/stacks.h"

namespace tidemill::flow {

// One thing to do for one resource. Lives as long as the task that does it.
struct ResourceCall {
  Environment& environment;
  Scope scope{};
  std::string stack_name{};
  std::string stack_id{};
  std::string logical_id{};
  std::string physical_id{};  // chosen for a new resource (empty when AWS chooses), or existing
  Document properties = Document::object();  // resolved
  Document before = Document::object();      // what they were: on an update
  cloudformation::Texts stack_tags{};

  // Calls an operation as the stack's account. The input is made to fit the operation's shape
  // first: texts of parameters become numbers and booleans, objects become JSON texts where a text
  // is wanted, first letters take the shape's case. ValidationError names a member it does not
  // have.
  Task<Result<Document>> call(std::string service, std::string operation, Document input);

  // The properties without those in `names`.
  Document without(std::initializer_list<std::string_view> names) const;
  bool changed(std::string_view property) const;
  std::string text(std::string_view property) const;
  // A property as a number; `otherwise` when it is not given or no number.
  int64_t number(std::string_view property, int64_t otherwise) const;
};

// A resource that exists: its id and what Fn::GetAtt answers ("Ref" when it is not the id).
struct Made {
  std::string physical_id;
  Document attributes = Document::object();
};

struct ResourceType {
  std::string_view name{};
  std::vector<std::string_view> properties{};  // all that it takes
  std::vector<std::string_view> replacing{};   // whose change needs another physical resource
  std::string_view name_property{};            // that holds the physical id; empty: AWS chooses one
  size_t name_length_max = 128;
  bool lower_case = false;  // of a name that is made up

  // Creates the resource. The answer's id and attributes come from `read`; what create returns is
  // an id that AWS chose, or an empty text.
  Task<Result<std::string>> (*create)(ResourceCall& call) = nullptr;
  // The resource as it is.
  Task<Result<Made>> (*read)(ResourceCall& call) = nullptr;
  // Null: every change needs another physical resource.
  Task<Status> (*update)(ResourceCall& call) = nullptr;
  Task<Status> (*remove)(ResourceCall& call) = nullptr;
};

// Every type, made by the build from the files in types/.
const std::vector<ResourceType>& resource_types();
const ResourceType* find_resource_type(std::string_view name);

// "stack-Logical-1A2B3C4D5E6F", cut to what the type allows.
std::string made_up_name(const ResourceType& type, const std::string& stack_name,
                         const std::string& logical_id, sys::Random& random);
// Whether an update from `before` to `after` needs another physical resource.
bool needs_replacement(const ResourceType& type, const Document& before, const Document& after);
// ValidationError: a property that the type does not take.
Status check_properties(const ResourceType& type, const Document& properties);

// What most types need: an operation called for its effect.
Task<Status> act(ResourceCall& call, std::string service, std::string operation, Document input);
// The same as the answer of `create`, when the id is the one that was chosen.
Task<Result<std::string>> make(ResourceCall& call, std::string service, std::string operation,
                               Document input);
// And when AWS chooses it: a text member of the answer.
Task<Result<std::string>> make_with_id(ResourceCall& call, std::string service,
                                       std::string operation, Document input,
                                       std::string id_member);
// The answer of `read` for a resource that has nothing to ask for.
Task<Result<Made>> as_chosen(ResourceCall& call);
// {name: value}
Document object_of(std::string_view name, Document value);
// [{"Key": k, "Value": v}, ...] of a template as a map.
Document tag_map(const Document* tags);

// What an error of an operation says of the resource.
bool says_missing(const Error& error);
bool says_existing(const Error& error);

// Makes a value of a template fit an operation's input. ValidationError names what does not fit.
Status fit_template_value(const Shape& shape, Document& value, const std::string& path);

}  // namespace tidemill::flow
