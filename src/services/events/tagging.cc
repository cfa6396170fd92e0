#include "services/events/tagging.h"

namespace tidemill::events {
namespace {

struct Resource {
  std::optional<BusDefinition> bus;
  std::optional<RuleDefinition> rule;
  Tags& tags() { return bus ? bus->Tags : rule->Tags; }
};

Result<Resource> find_resource(const kv::View& view, const Scope& scope, const std::string& text) {
  const Error missing = errors::ResourceNotFoundException("Resource " + text + " does not exist.");
  const auto arn = parse_arn(text);
  if (!arn || arn->service != "events" || arn->scope != scope) return missing;
  Resource out;
  if (arn->resource.starts_with("event-bus/")) {
    out.bus = find_bus(view, scope, arn->resource.substr(10));
  } else if (arn->resource.starts_with("rule/")) {
    const std::string rest = arn->resource.substr(5);
    const size_t slash = rest.rfind('/');
    out.rule = slash == std::string::npos
                   ? find_rule(view, scope, kDefaultBus, rest)
                   : find_rule(view, scope, rest.substr(0, slash), rest.substr(slash + 1));
  }
  if (!out.bus && !out.rule) return missing;
  return out;
}

}  // namespace

Result<Tags> tags_of(const kv::View& view, const Scope& scope, const std::string& arn) {
  Result<Resource> resource = find_resource(view, scope, arn);
  if (!resource) return std::move(resource).error();
  return resource->tags();
}

Status change_tags(kv::Transaction& tx, const Scope& scope, const std::string& arn,
                   const std::function<void(Tags&)>& change) {
  Result<Resource> resource = find_resource(tx, scope, arn);
  if (!resource) return std::move(resource).error();
  change(resource->tags());
  if (resource->tags().size() > kTagsMax) {
    return errors::LimitExceededException("A resource cannot have more than 50 tags.");
  }
  if (resource->bus) put_bus(tx, scope, *resource->bus);
  if (resource->rule) put_rule(tx, scope, *resource->rule);
  return ok();
}

}  // namespace tidemill::events
