// Work groups and their tags. `primary` is there without being created.
// https://docs.aws.amazon.com/athena/latest/ug/workgroups.html
#pragma once

#include <map>
#include <optional>
#include <string>

#include "services/call/operation.h"
#include "shapes/athena/WorkGroup.h"

namespace tidemill::athena {

inline constexpr const char* kPrimary = "primary";

std::optional<WorkGroup> find_work_group(const kv::View& view, const Scope& scope,
                                         const std::string& name);
// InvalidRequestException when there is none.
Result<WorkGroup> require_work_group(const kv::View& view, const Scope& scope,
                                     const std::string& name);
void put_work_group(kv::Transaction& tx, const Scope& scope, const WorkGroup& group);
std::string work_group_key(const Scope& scope, const std::string& name);
std::string work_groups_prefix(const Scope& scope);

using Tags = std::map<std::string, std::string>;
// Of a work group or data catalog, by its ARN.
Tags tags_of(const kv::View& view, const std::string& arn);
void put_tags(kv::Transaction& tx, const std::string& arn, const Tags& tags);
// InvalidRequestException when the ARN names nothing of ours.
Status require_resource(const kv::View& view, const Scope& scope, const std::string& arn);
std::string work_group_arn(const Scope& scope, const std::string& name);

}  // namespace tidemill::athena
