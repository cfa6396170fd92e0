// Functions as they are stored: a definition for what all versions share, a record for each version
// ($LATEST is version 0), aliases.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/lambda/function_names.h"
#include "shapes/lambda/AliasConfiguration.h"
#include "shapes/lambda/FunctionConfiguration.h"
#include "storage/kv/store.h"
#include "sys/random.h"

namespace tidemill::lambda {

inline constexpr int64_t kAccountConcurrency = 1000;
inline constexpr int64_t kUnreservedConcurrencyMin = 100;

// A statement that AddPermission made; `json` is the statement as AWS shows it.
struct PermissionStatement {
  std::string sid;
  std::string qualifier;  // empty: the function itself
  std::string json;
  template <class V>
  void fields(V& v) {
    v("Sid", sid);
    v("Qualifier", qualifier);
    v("Json", json);
  }
};

struct FunctionDefinition {
  std::string name;
  uint64_t next_version = 1;
  std::optional<int32_t> reserved_concurrency;
  std::map<std::string, std::string> tags;
  std::vector<PermissionStatement> permissions;
  template <class V>
  void fields(V& v) {
    v("FunctionName", name);
    v("NextVersion", next_version);
    v("ReservedConcurrentExecutions", reserved_concurrency);
    v("Tags", tags);
    v("Permissions", permissions);
  }
};

// `code` names the zip in the CodeStore (its SHA-256 in hex).
struct FunctionVersion {
  FunctionConfiguration configuration;
  std::string code;
  template <class V>
  void fields(V& v) {
    v("Configuration", configuration);
    v("Code", code);
  }
};

std::optional<FunctionDefinition> find_function(const kv::View& view, const FunctionReference& of);
// Every function of an account in a region, by name.
std::vector<FunctionDefinition> functions_of(const kv::View& view, const Scope& scope);
// Version 0 is $LATEST.
std::optional<FunctionVersion> find_version(const kv::View& view, const FunctionReference& of,
                                            uint64_t version);
std::optional<AliasConfiguration> find_alias(const kv::View& view, const FunctionReference& of,
                                             const std::string& alias);
// Every version of a function, $LATEST first.
std::vector<FunctionVersion> versions_of(const kv::View& view, const FunctionReference& of);
std::vector<AliasConfiguration> aliases_of(const kv::View& view, const FunctionReference& of);

void put_function(kv::Transaction& tx, const FunctionReference& of,
                  const FunctionDefinition& definition);
void put_version(kv::Transaction& tx, const FunctionReference& of, uint64_t version,
                 const FunctionVersion& record);
void put_alias(kv::Transaction& tx, const FunctionReference& of, const AliasConfiguration& alias);
void erase_version(kv::Transaction& tx, const FunctionReference& of, uint64_t version);
void erase_alias(kv::Transaction& tx, const FunctionReference& of, const std::string& alias);
// The definition, its versions, aliases and configurations of asynchronous invocation.
void erase_function(kv::Transaction& tx, const FunctionReference& of);

// The version that a reference means now: by number, by alias (drawn by weight when the alias has
// two and `random` is given), or $LATEST. ResourceNotFoundException in AWS's words.
Result<FunctionVersion> resolve_version(const kv::View& view, const FunctionReference& of,
                                        sys::Random* random);

// "Function not found: arn:..."
Error function_not_found(const FunctionReference& of);
// Of a $LATEST record: publishes it under the next number.
FunctionVersion publish(kv::Transaction& tx, const FunctionReference& of,
                        FunctionDefinition& definition, const FunctionVersion& latest);

}  // namespace tidemill::lambda
