#include "services/lambda/function_records.h"

#include "wire/json.h"

namespace tidemill::lambda {
namespace {

using kv::Key;
using kv::Keyspace;

Key key_of(Keyspace keyspace, const FunctionReference& of) {
  return Key(keyspace).scope(of.scope).text(of.name);
}

template <class Record>
Record read_record(std::string_view text) {
  auto document = parse_json(text);
  CHECK(document);  // written by us
  return from_document<Record>(*std::move(document));
}

template <class Record>
std::optional<Record> find_record(const kv::View& view, const std::string& key) {
  const std::optional<std::string> value = view.get(key);
  if (!value) return std::nullopt;
  return read_record<Record>(*value);
}

template <class Record>
std::vector<Record> records_below(const kv::View& view, const std::string& prefix) {
  std::vector<Record> records;
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    records.push_back(read_record<Record>(cursor->value()));
  }
  return records;
}

std::string version_key(const FunctionReference& of, uint64_t version) {
  return key_of(Keyspace::kFunctionVersions, of).u64(version).bytes();
}
std::string alias_key(const FunctionReference& of, const std::string& alias) {
  return key_of(Keyspace::kFunctionAliases, of).text(alias).bytes();
}

std::string version_of_alias(const AliasConfiguration& alias, sys::Random* random) {
  if (random && alias.RoutingConfig && alias.RoutingConfig->AdditionalVersionWeights) {
    double drawn = static_cast<double>(random->u64() >> 11) / 9007199254740992.0;
    for (const auto& [version, weight] : *alias.RoutingConfig->AdditionalVersionWeights) {
      if (drawn < weight) return version;
      drawn -= weight;
    }
  }
  return alias.FunctionVersion.value_or(std::string(kLatest));
}

}  // namespace

std::optional<FunctionDefinition> find_function(const kv::View& view, const FunctionReference& of) {
  return find_record<FunctionDefinition>(view, key_of(Keyspace::kFunctions, of).bytes());
}

std::vector<FunctionDefinition> functions_of(const kv::View& view, const Scope& scope) {
  return records_below<FunctionDefinition>(view, Key(Keyspace::kFunctions).scope(scope).bytes());
}

std::optional<FunctionVersion> find_version(const kv::View& view, const FunctionReference& of,
                                            uint64_t version) {
  return find_record<FunctionVersion>(view, version_key(of, version));
}

std::optional<AliasConfiguration> find_alias(const kv::View& view, const FunctionReference& of,
                                             const std::string& alias) {
  return find_record<AliasConfiguration>(view, alias_key(of, alias));
}

std::vector<FunctionVersion> versions_of(const kv::View& view, const FunctionReference& of) {
  return records_below<FunctionVersion>(view, key_of(Keyspace::kFunctionVersions, of).bytes());
}

std::vector<AliasConfiguration> aliases_of(const kv::View& view, const FunctionReference& of) {
  return records_below<AliasConfiguration>(view, key_of(Keyspace::kFunctionAliases, of).bytes());
}

void put_function(kv::Transaction& tx, const FunctionReference& of,
                  const FunctionDefinition& definition) {
  tx.put(key_of(Keyspace::kFunctions, of).bytes(), to_json(definition));
}

void put_version(kv::Transaction& tx, const FunctionReference& of, uint64_t version,
                 const FunctionVersion& record) {
  tx.put(version_key(of, version), to_json(record));
}

void put_alias(kv::Transaction& tx, const FunctionReference& of, const AliasConfiguration& alias) {
  tx.put(alias_key(of, alias.Name.value_or("")), to_json(alias));
}

void erase_version(kv::Transaction& tx, const FunctionReference& of, uint64_t version) {
  tx.erase(version_key(of, version));
}

void erase_alias(kv::Transaction& tx, const FunctionReference& of, const std::string& alias) {
  tx.erase(alias_key(of, alias));
}

void erase_function(kv::Transaction& tx, const FunctionReference& of) {
  tx.erase(key_of(Keyspace::kFunctions, of).bytes());
  for (const Keyspace keyspace :
       {Keyspace::kFunctionVersions, Keyspace::kFunctionAliases, Keyspace::kEventInvokeConfigs}) {
    const std::string prefix = key_of(keyspace, of).bytes();
    tx.erase_range(prefix, kv::prefix_end(prefix));
  }
}

Error function_not_found(const FunctionReference& of) {
  return errors::ResourceNotFoundException("Function not found: " + of.arn());
}

Result<FunctionVersion> resolve_version(const kv::View& view, const FunctionReference& of,
                                        sys::Random* random) {
  std::string qualifier = of.qualifier;
  if (!qualifier.empty() && qualifier != kLatest && !is_version_number(qualifier)) {
    const std::optional<AliasConfiguration> alias = find_alias(view, of, qualifier);
    if (!alias) return function_not_found(of);
    qualifier = version_of_alias(*alias, random);
  }
  const bool latest = qualifier.empty() || qualifier == kLatest;
  const auto found = find_version(view, of, latest ? 0 : std::stoull(qualifier));
  if (!found) return function_not_found(of);
  return *found;
}

FunctionVersion publish(kv::Transaction& tx, const FunctionReference& of,
                        FunctionDefinition& definition, const FunctionVersion& latest) {
  FunctionVersion published = latest;
  const uint64_t number = definition.next_version++;
  published.configuration.Version = std::to_string(number);
  published.configuration.FunctionArn = of.function_arn() + ":" + std::to_string(number);
  put_version(tx, of, number, published);
  put_function(tx, of, definition);
  return published;
}

}  // namespace tidemill::lambda
