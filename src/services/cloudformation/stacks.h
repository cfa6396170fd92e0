// Stacks, their resources, events and change sets as they are stored. An operation writes what is
// to be done into the stack (`Operation`) and answers; flow/cloudformation does it step by step and
// can go on after a restart from what is stored here.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "storage/kv/store.h"
#include "wire/caller.h"
#include "wire/document.h"
#include "wire/result.h"

namespace tidemill::cloudformation {

inline constexpr size_t kStacksMax = 2000;  // per account and region
inline constexpr const char* kStacksTopic = "cloudformation:stacks";

using Texts = std::map<std::string, std::string>;

// What a stack was last asked for, or is to be made of.
struct StackSource {
  std::string TemplateBody;
  Texts Parameters;  // by name, as texts
  Texts Tags;
  std::vector<std::string> Capabilities;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("TemplateBody", TemplateBody);
    visit("Parameters", Parameters);
    visit("Tags", Tags);
    visit("Capabilities", Capabilities);
  }
};

struct StackOutput {
  std::string Key;
  std::string Value;
  std::string Description;
  std::string ExportName;  // empty: not exported
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("Key", Key);
    visit("Value", Value);
    visit("Description", Description);
    visit("ExportName", ExportName);
  }
  friend bool operator==(const StackOutput&, const StackOutput&) = default;
};

struct StackDefinition {
  std::string StackId;  // an ARN
  std::string StackName;
  std::string StackStatus;
  std::string StackStatusReason;
  std::string Description;
  StackSource Current;                  // of the status; the target of a running update
  std::optional<StackSource> Previous;  // while an update may be rolled back
  std::vector<StackOutput> Outputs;
  std::string OnFailure = "ROLLBACK";  // DO_NOTHING, DELETE
  std::string RoleARN;
  std::string ChangeSetId;
  std::vector<std::string> RetainResources;
  std::vector<std::string> NotificationARNs;
  std::optional<int32_t> TimeoutInMinutes;
  bool EnableTerminationProtection = false;
  std::string ClientRequestToken;
  int64_t created_ms = 0;
  int64_t updated_ms = 0;  // 0: never
  int64_t deleted_ms = 0;  // 0: it exists
  int64_t events = 0;      // how many there were

  bool in_progress() const {
    return StackStatus.ends_with("_IN_PROGRESS") && StackStatus != "REVIEW_IN_PROGRESS";
  }
  bool deleted() const { return StackStatus == "DELETE_COMPLETE"; }
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("StackId", StackId);
    visit("StackName", StackName);
    visit("StackStatus", StackStatus);
    visit("StackStatusReason", StackStatusReason);
    visit("Description", Description);
    visit("Current", Current);
    visit("Previous", Previous);
    visit("Outputs", Outputs);
    visit("OnFailure", OnFailure);
    visit("RoleARN", RoleARN);
    visit("ChangeSetId", ChangeSetId);
    visit("RetainResources", RetainResources);
    visit("NotificationARNs", NotificationARNs);
    visit("TimeoutInMinutes", TimeoutInMinutes);
    visit("EnableTerminationProtection", EnableTerminationProtection);
    visit("ClientRequestToken", ClientRequestToken);
    visit("CreatedMilliseconds", created_ms);
    visit("UpdatedMilliseconds", updated_ms);
    visit("DeletedMilliseconds", deleted_ms);
    visit("Events", events);
  }
};

// What a resource was before an update: what a rollback goes back to, and what is deleted when the
// update replaced it.
struct ResourceBefore {
  std::string PhysicalResourceId;
  Document Properties;
  Document Attributes;
  bool replaced = false;  // another physical resource took its place
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("PhysicalResourceId", PhysicalResourceId);
    visit("Properties", Properties);
    visit("Attributes", Attributes);
    visit("Replaced", replaced);
  }
};

struct ResourceRecord {
  std::string LogicalResourceId;
  std::string ResourceType;
  std::string PhysicalResourceId;  // chosen before it is created where AWS lets us choose
  std::string ResourceStatus;
  std::string ResourceStatusReason;
  Document Properties = Document::object();  // resolved
  Document Attributes = Document::object();  // what Fn::GetAtt answers; "Ref" what Ref does
  std::string DeletionPolicy;
  std::string UpdateReplacePolicy;
  std::vector<std::string> DependsOn;
  std::optional<ResourceBefore> Before;
  int64_t order = 0;  // of creation: deletion goes backwards
  int64_t changed_ms = 0;

  bool exists() const {
    return !PhysicalResourceId.empty() && ResourceStatus != "DELETE_COMPLETE" &&
           ResourceStatus != "CREATE_IN_PROGRESS" && ResourceStatus != "CREATE_FAILED";
  }
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("LogicalResourceId", LogicalResourceId);
    visit("ResourceType", ResourceType);
    visit("PhysicalResourceId", PhysicalResourceId);
    visit("ResourceStatus", ResourceStatus);
    visit("ResourceStatusReason", ResourceStatusReason);
    visit("Properties", Properties);
    visit("Attributes", Attributes);
    visit("DeletionPolicy", DeletionPolicy);
    visit("UpdateReplacePolicy", UpdateReplacePolicy);
    visit("DependsOn", DependsOn);
    visit("Before", Before);
    visit("Order", order);
    visit("ChangedMilliseconds", changed_ms);
  }
};

struct EventRecord {
  std::string EventId;
  std::string LogicalResourceId;
  std::string PhysicalResourceId;
  std::string ResourceType;
  std::string ResourceStatus;
  std::string ResourceStatusReason;
  std::string ResourceProperties;
  std::string ClientRequestToken;
  int64_t time_ms = 0;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("EventId", EventId);
    visit("LogicalResourceId", LogicalResourceId);
    visit("PhysicalResourceId", PhysicalResourceId);
    visit("ResourceType", ResourceType);
    visit("ResourceStatus", ResourceStatus);
    visit("ResourceStatusReason", ResourceStatusReason);
    visit("ResourceProperties", ResourceProperties);
    visit("ClientRequestToken", ClientRequestToken);
    visit("TimeMilliseconds", time_ms);
  }
};

struct ChangeRecord {
  std::string Action;  // Add, Modify, Remove
  std::string LogicalResourceId;
  std::string PhysicalResourceId;
  std::string ResourceType;
  std::vector<std::string> Properties;  // that change
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("Action", Action);
    visit("LogicalResourceId", LogicalResourceId);
    visit("PhysicalResourceId", PhysicalResourceId);
    visit("ResourceType", ResourceType);
    visit("Properties", Properties);
  }
};

struct ChangeSetRecord {
  std::string ChangeSetId;  // an ARN
  std::string ChangeSetName;
  std::string StackId;
  std::string StackName;
  std::string Description;
  std::string ChangeSetType;
  std::string Status;  // CREATE_COMPLETE, FAILED
  std::string StatusReason;
  std::string ExecutionStatus;  // AVAILABLE, UNAVAILABLE, EXECUTE_COMPLETE, OBSOLETE
  StackSource Source;
  std::vector<ChangeRecord> Changes;
  int64_t created_ms = 0;
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("ChangeSetId", ChangeSetId);
    visit("ChangeSetName", ChangeSetName);
    visit("StackId", StackId);
    visit("StackName", StackName);
    visit("Description", Description);
    visit("ChangeSetType", ChangeSetType);
    visit("Status", Status);
    visit("StatusReason", StatusReason);
    visit("ExecutionStatus", ExecutionStatus);
    visit("Source", Source);
    visit("Changes", Changes);
    visit("CreatedMilliseconds", created_ms);
  }
};

// ---- stacks. A deleted stack keeps its definition, found by its id only.

// By name or id; nullopt when there is none, or it was deleted and is asked for by name.
std::optional<StackDefinition> find_stack(const kv::View& view, const Scope& scope,
                                          const std::string& name_or_id);
// The same; ValidationError "Stack with id x does not exist".
Result<StackDefinition> stack_named(const kv::View& view, const Scope& scope,
                                    const std::string& name_or_id);
std::vector<StackDefinition> stacks_of(const kv::View& view, const Scope& scope);
struct StackOfScope {
  Scope scope;
  StackDefinition stack;
};
std::vector<StackOfScope> all_stacks(const kv::View& view);
// Stores the stack under its id, and under its name unless it was deleted.
void put_stack(kv::Transaction& tx, const Scope& scope, const StackDefinition& stack);
void erase_stack(kv::Transaction& tx, const Scope& scope, const StackDefinition& stack);
// Sets the stack's status and adds its event; stores the stack.
void set_status(kv::Transaction& tx, const Scope& scope, StackDefinition& stack,
                const std::string& status, const std::string& reason, Timestamp now,
                const std::string& event_id);

// ---- resources

std::optional<ResourceRecord> find_resource(const kv::View& view, const Scope& scope,
                                            const std::string& stack_id,
                                            const std::string& logical_id);
std::vector<ResourceRecord> resources_of(const kv::View& view, const Scope& scope,
                                         const std::string& stack_id);
void put_resource(kv::Transaction& tx, const Scope& scope, const std::string& stack_id,
                  const ResourceRecord& resource);
void erase_resource(kv::Transaction& tx, const Scope& scope, const std::string& stack_id,
                    const std::string& logical_id);

// ---- events: numbered in the order they came

void add_event(kv::Transaction& tx, const Scope& scope, StackDefinition& stack, EventRecord event);
// Newest first, those with a number below `before`; at most `count_max`.
std::vector<std::pair<int64_t, EventRecord>> events_before(const kv::View& view, const Scope& scope,
                                                           const std::string& stack_id,
                                                           int64_t before, size_t count_max);

// ---- change sets

std::optional<ChangeSetRecord> find_change_set(const kv::View& view, const Scope& scope,
                                               const std::string& stack_id,
                                               const std::string& name);
std::vector<ChangeSetRecord> change_sets_of(const kv::View& view, const Scope& scope,
                                            const std::string& stack_id);
void put_change_set(kv::Transaction& tx, const Scope& scope, const ChangeSetRecord& change_set);
void erase_change_set(kv::Transaction& tx, const Scope& scope, const ChangeSetRecord& change_set);

// ---- exports of all stacks

struct ExportRecord {
  std::string Name;
  std::string Value;
  std::string ExportingStackId;
};
std::vector<ExportRecord> exports_of(const kv::View& view, const Scope& scope);  // by name

}  // namespace tidemill::cloudformation
