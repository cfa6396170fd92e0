// What a table and its indexes must fulfil, in DynamoDB's words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/dynamodb/table_definition.h"
#include "shapes/dynamodb/AttributeDefinition.h"
#include "shapes/dynamodb/KeySchemaElement.h"
#include "shapes/dynamodb/Projection.h"
#include "shapes/dynamodb/ProvisionedThroughput.h"
#include "shapes/dynamodb/SSESpecification.h"
#include "shapes/dynamodb/StreamSpecification.h"
#include "wire/result.h"

namespace tidemill::dynamodb {

inline constexpr size_t kLocalIndexesMax = 5;
inline constexpr size_t kGlobalIndexesMax = 20;

Result<std::vector<KeyAttribute>> attributes_from(
    const std::vector<AttributeDefinition>& definitions);

// HASH first, then at most one RANGE; both among `attributes`.
Result<KeySchema> keys_from(const std::vector<KeySchemaElement>& schema,
                            const std::vector<KeyAttribute>& attributes);

// An index as CreateTable and UpdateTable define it; without id and throughput.
struct IndexRequest {
  std::string name;
  bool is_global = false;
  const std::vector<KeySchemaElement>& schema;
  const Projection& projection;
};
Result<IndexDefinition> index_from(const IndexRequest& request,
                                   const std::vector<KeyAttribute>& attributes);

// Names, numbers and keys of all indexes together, and that every attribute defined is a key.
Status check_indexes(const TableDefinition& table);
Status check_attributes_used(const TableDefinition& table);

// Of a table or global index under `billing_mode`; `what` is "table" or "index: <name>".
Result<Throughput> throughput_from(const std::optional<ProvisionedThroughput>& throughput,
                                   const std::string& billing_mode, const std::string& what);

Status check_stream(const StreamSpecification& stream);
std::optional<Encryption> encryption_from(const std::optional<SSESpecification>& specification,
                                          const Scope& scope);

}  // namespace tidemill::dynamodb
