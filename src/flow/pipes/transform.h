// A pipe ready to run: its filters, template and paths compiled, and what it makes of a record. No
// state changes here, so it runs on any thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "flow/targets/deliver.h"
#include "services/pipes/pipes.h"
#include "services/pipes/source.h"
#include "wire/event_pattern.h"
#include "wire/input_template.h"

namespace tidemill::flow {

class CompiledPipe {
 public:
  // A definition that CreatePipe accepted compiles.
  CompiledPipe(Scope scope, pipes::PipeDefinition definition);

  const Scope& scope() const { return scope_; }
  const pipes::PipeDefinition& definition() const { return definition_; }
  const pipes::Source& source() const { return source_; }
  const TargetArn& target() const { return target_; }

  // What the target gets of a record; nullopt when the filters leave it out. ValidationException
  // when a path of the target's parameters leads nowhere in this event.
  Result<std::optional<targets::Delivery>> transform(const pipes::OpenSource& source,
                                                     const pipes::SourceShard& shard,
                                                     const log::Record& record) const;

  // A number of the source's parameters ("BatchSize"), or `otherwise`.
  int64_t parameter(std::string_view name, int64_t otherwise) const;
  std::string parameter_text(std::string_view name) const;
  // A member of the target's own parameters ("InvocationType"); empty when absent.
  std::string target_text(std::string_view member) const;

 private:
  // A parameter that is a text, or a path into the event.
  struct Field {
    std::string text;
    std::optional<JsonPath> path;
  };
  static Field field_of(std::string_view text);
  static Result<std::string> value_of(const Field& field, const Document& event);
  bool matches(const Document& event) const;
  bool looks_inside() const;
  std::string render(const Document& event, const Document& body, const log::Record& record) const;
  Status address(const Document& body, const log::Record& record, targets::Delivery& out) const;
  Status address_event(const Document& body, const log::Record& record,
                       targets::Delivery& out) const;

  Scope scope_;
  pipes::PipeDefinition definition_;
  pipes::Source source_;
  TargetArn target_;
  Document source_parameters_;
  Document target_parameters_;
  std::vector<EventPattern> filters_;
  std::optional<InputTemplate> template_;
  std::map<std::string, JsonPath, std::less<>> template_paths_;
  std::map<std::string, Field, std::less<>> fields_;
};

}  // namespace tidemill::flow
