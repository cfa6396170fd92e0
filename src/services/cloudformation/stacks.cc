#include "services/cloudformation/stacks.h"

#include <algorithm>

#include "wire/encoder.h"
#include "wire/json.h"

namespace tidemill::cloudformation {
namespace {

using kv::Key;
using kv::Keyspace;

template <class T>
T decoded(std::string_view stored) {
  Result<Document> document = parse_json(stored);
  CHECK(document.has_value());
  return from_document<T>(*std::move(document));
}

Key key_of(Keyspace keyspace, const Scope& scope, const std::string& id) {
  Key key(keyspace);
  key.scope(scope).text(id);
  return key;
}

template <class T>
std::vector<T> all_below(const kv::View& view, const Key& prefix) {
  std::vector<T> out;
  for (auto cursor = view.scan_prefix(prefix.bytes()); cursor->valid(); cursor->next()) {
    out.push_back(decoded<T>(cursor->value()));
  }
  return out;
}

void erase_below(kv::Transaction& tx, const Key& prefix) {
  std::vector<std::string> keys;
  for (auto cursor = tx.scan_prefix(prefix.bytes()); cursor->valid(); cursor->next()) {
    keys.emplace_back(cursor->key());
  }
  for (const std::string& key : keys) tx.erase(key);
}

}  // namespace

std::optional<StackDefinition> find_stack(const kv::View& view, const Scope& scope,
                                          const std::string& name_or_id) {
  std::string id = name_or_id;
  if (!name_or_id.starts_with("arn:")) {
    const auto current = view.get(key_of(Keyspace::kStackNames, scope, name_or_id).bytes());
    if (!current) return std::nullopt;
    id = *current;
  }
  const auto stored = view.get(key_of(Keyspace::kStacks, scope, id).bytes());
  if (!stored) return std::nullopt;
  return decoded<StackDefinition>(*stored);
}

Result<StackDefinition> stack_named(const kv::View& view, const Scope& scope,
                                    const std::string& name_or_id) {
  auto stack = find_stack(view, scope, name_or_id);
  if (stack) return *std::move(stack);
  return errors::ValidationError("Stack with id " + name_or_id + " does not exist");
}

std::vector<StackDefinition> stacks_of(const kv::View& view, const Scope& scope) {
  Key prefix(Keyspace::kStacks);
  prefix.scope(scope);
  auto out = all_below<StackDefinition>(view, prefix);
  std::sort(out.begin(), out.end(), [](const StackDefinition& a, const StackDefinition& b) {
    return a.created_ms > b.created_ms;  // newest first, as AWS lists them
  });
  return out;
}

std::vector<StackOfScope> all_stacks(const kv::View& view) {
  std::vector<StackOfScope> out;
  const std::string prefix = Key(Keyspace::kStacks).bytes();
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    kv::KeyReader key(cursor->key());
    Scope scope;
    scope.account = key.text();
    scope.region = key.text();
    out.push_back({std::move(scope), decoded<StackDefinition>(cursor->value())});
  }
  return out;
}

void put_stack(kv::Transaction& tx, const Scope& scope, const StackDefinition& stack) {
  tx.put(key_of(Keyspace::kStacks, scope, stack.StackId).bytes(), to_json(stack));
  const std::string name = key_of(Keyspace::kStackNames, scope, stack.StackName).bytes();
  if (!stack.deleted()) {
    tx.put(name, stack.StackId);
  } else if (tx.get(name) == stack.StackId) {
    tx.erase(name);
  }
  tx.touch(kStacksTopic);
}

void erase_stack(kv::Transaction& tx, const Scope& scope, const StackDefinition& stack) {
  tx.erase(key_of(Keyspace::kStacks, scope, stack.StackId).bytes());
  tx.erase(key_of(Keyspace::kStackNames, scope, stack.StackName).bytes());
  for (const Keyspace keyspace :
       {Keyspace::kStackResources, Keyspace::kStackEvents, Keyspace::kChangeSets}) {
    erase_below(tx, key_of(keyspace, scope, stack.StackId));
  }
}

void set_status(kv::Transaction& tx, const Scope& scope, StackDefinition& stack,
                const std::string& status, const std::string& reason, Timestamp now,
                const std::string& event_id) {
  stack.StackStatus = status;
  stack.StackStatusReason = reason;
  EventRecord event;
  event.EventId = event_id;
  event.LogicalResourceId = stack.StackName;
  event.PhysicalResourceId = stack.StackId;
  event.ResourceType = "AWS::CloudFormation::Stack";
  event.ResourceStatus = status;
  event.ResourceStatusReason = reason;
  event.time_ms = now.milliseconds;
  add_event(tx, scope, stack, std::move(event));
}

std::optional<ResourceRecord> find_resource(const kv::View& view, const Scope& scope,
                                            const std::string& stack_id,
                                            const std::string& logical_id) {
  const auto stored =
      view.get(key_of(Keyspace::kStackResources, scope, stack_id).text(logical_id).bytes());
  if (!stored) return std::nullopt;
  return decoded<ResourceRecord>(*stored);
}

std::vector<ResourceRecord> resources_of(const kv::View& view, const Scope& scope,
                                         const std::string& stack_id) {
  return all_below<ResourceRecord>(view, key_of(Keyspace::kStackResources, scope, stack_id));
}

void put_resource(kv::Transaction& tx, const Scope& scope, const std::string& stack_id,
                  const ResourceRecord& resource) {
  tx.put(
      key_of(Keyspace::kStackResources, scope, stack_id).text(resource.LogicalResourceId).bytes(),
      to_json(resource));
}

void erase_resource(kv::Transaction& tx, const Scope& scope, const std::string& stack_id,
                    const std::string& logical_id) {
  tx.erase(key_of(Keyspace::kStackResources, scope, stack_id).text(logical_id).bytes());
}

void add_event(kv::Transaction& tx, const Scope& scope, StackDefinition& stack, EventRecord event) {
  event.ClientRequestToken = stack.ClientRequestToken;
  const auto number = static_cast<uint64_t>(stack.events++);
  tx.put(key_of(Keyspace::kStackEvents, scope, stack.StackId).u64(number).bytes(), to_json(event));
  put_stack(tx, scope, stack);
}

std::vector<std::pair<int64_t, EventRecord>> events_before(const kv::View& view, const Scope& scope,
                                                           const std::string& stack_id,
                                                           int64_t before, size_t count_max) {
  std::vector<std::pair<int64_t, EventRecord>> out;
  const std::string begin = key_of(Keyspace::kStackEvents, scope, stack_id).bytes();
  const std::string end =
      key_of(Keyspace::kStackEvents, scope, stack_id).u64(static_cast<uint64_t>(before)).bytes();
  for (auto cursor = view.scan_back(begin, end); cursor->valid() && out.size() < count_max;
       cursor->next()) {
    kv::KeyReader key(cursor->key());
    key.text();
    key.text();
    key.text();
    const auto number = static_cast<int64_t>(key.u64());
    out.emplace_back(number, decoded<EventRecord>(cursor->value()));
  }
  return out;
}

std::optional<ChangeSetRecord> find_change_set(const kv::View& view, const Scope& scope,
                                               const std::string& stack_id,
                                               const std::string& name) {
  const auto stored = view.get(key_of(Keyspace::kChangeSets, scope, stack_id).text(name).bytes());
  if (!stored) return std::nullopt;
  return decoded<ChangeSetRecord>(*stored);
}

std::vector<ChangeSetRecord> change_sets_of(const kv::View& view, const Scope& scope,
                                            const std::string& stack_id) {
  return all_below<ChangeSetRecord>(view, key_of(Keyspace::kChangeSets, scope, stack_id));
}

void put_change_set(kv::Transaction& tx, const Scope& scope, const ChangeSetRecord& change_set) {
  tx.put(key_of(Keyspace::kChangeSets, scope, change_set.StackId)
             .text(change_set.ChangeSetName)
             .bytes(),
         to_json(change_set));
}

void erase_change_set(kv::Transaction& tx, const Scope& scope, const ChangeSetRecord& change_set) {
  tx.erase(key_of(Keyspace::kChangeSets, scope, change_set.StackId)
               .text(change_set.ChangeSetName)
               .bytes());
}

std::vector<ExportRecord> exports_of(const kv::View& view, const Scope& scope) {
  std::vector<ExportRecord> out;
  for (const StackDefinition& stack : stacks_of(view, scope)) {
    if (stack.deleted()) continue;
    for (const StackOutput& output : stack.Outputs) {
      if (!output.ExportName.empty()) {
        out.push_back({output.ExportName, output.Value, stack.StackId});
      }
    }
  }
  std::sort(out.begin(), out.end(),
            [](const ExportRecord& a, const ExportRecord& b) { return a.Name < b.Name; });
  return out;
}

}  // namespace tidemill::cloudformation
