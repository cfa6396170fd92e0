#include "services/athena/work_groups.h"

#include "services/athena/paging.h"

namespace tidemill::athena {

namespace {

using kv::Key;
using kv::Keyspace;

struct StoredTags {
  Tags tags;
  template <class V>
  void fields(V& v) {
    v("Tags", tags);
  }
};

WorkGroup primary() {
  WorkGroup out;
  out.Name = kPrimary;
  out.State = "ENABLED";
  out.Configuration.emplace();
  out.Configuration->ResultConfiguration.emplace();
  out.Configuration->EnforceWorkGroupConfiguration = false;
  out.Configuration->PublishCloudWatchMetricsEnabled = false;
  out.Configuration->RequesterPaysEnabled = false;
  out.Configuration->EngineVersion.emplace();
  out.Configuration->EngineVersion->SelectedEngineVersion = "AUTO";
  out.Configuration->EngineVersion->EffectiveEngineVersion = "Athena engine version 3";
  return out;
}

}  // namespace

std::string work_group_key(const Scope& scope, const std::string& name) {
  return Key(Keyspace::kAthenaWorkGroups).scope(scope).text(name).bytes();
}

std::optional<WorkGroup> find_work_group(const kv::View& view, const Scope& scope,
                                         const std::string& name) {
  const auto text = view.get(work_group_key(scope, name));
  if (text) return read_stored<WorkGroup>(*text);
  if (name == kPrimary) return primary();
  return std::nullopt;
}

Result<WorkGroup> require_work_group(const kv::View& view, const Scope& scope,
                                     const std::string& name) {
  auto found = find_work_group(view, scope, name);
  if (!found) return errors::InvalidRequestException("WorkGroup " + name + " is not found.");
  return *std::move(found);
}

void put_work_group(kv::Transaction& tx, const Scope& scope, const WorkGroup& group) {
  tx.put(work_group_key(scope, group.Name), to_json(group));
}

std::string work_groups_prefix(const Scope& scope) {
  return Key(Keyspace::kAthenaWorkGroups).scope(scope).bytes();
}

std::string work_group_arn(const Scope& scope, const std::string& name) {
  return make_arn("athena", scope, "workgroup/" + name);
}

Tags tags_of(const kv::View& view, const std::string& arn) {
  const auto text = view.get(Key(Keyspace::kAthenaTags).text(arn).bytes());
  return text ? read_stored<StoredTags>(*text).tags : Tags();
}

void put_tags(kv::Transaction& tx, const std::string& arn, const Tags& tags) {
  const std::string key = Key(Keyspace::kAthenaTags).text(arn).bytes();
  if (tags.empty()) {
    tx.erase(key);
  } else {
    tx.put(key, to_json(StoredTags{tags}));
  }
}

Status require_resource(const kv::View& view, const Scope& scope, const std::string& arn) {
  const auto parsed = parse_arn(arn);
  if (parsed && parsed->service == "athena") {
    const std::string& resource = parsed->resource;
    if (resource == "datacatalog/AwsDataCatalog") return ok();
    if (resource.starts_with("workgroup/") &&
        find_work_group(view, scope, resource.substr(std::string("workgroup/").size()))) {
      return ok();
    }
  }
  return errors::ResourceNotFoundException("Resource " + arn + " is not found.");
}

}  // namespace tidemill::athena
