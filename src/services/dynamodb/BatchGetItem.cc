// BatchGetItem: up to 100 items by their keys; what would make the answer larger than 16 MB comes
// back as unprocessed keys.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
#include "shapes/dynamodb/BatchGetItem.h"

#include <set>

#include "services/call/operation.h"
#include "services/dynamodb/capacity.h"
#include "services/dynamodb/consumed_capacity.h"
#include "services/dynamodb/parameters.h"

namespace tidemill::dynamodb {
namespace {

constexpr size_t kKeysMax = 100;
constexpr size_t kAnswerBytesMax = 16 * 1024 * 1024;

Status check_count(const BatchGetItemInput& input) {
  size_t count = 0;
  for (const auto& [table, wanted] : input.RequestItems) count += wanted.Keys.as_array().size();
  if (count <= kKeysMax) return ok();
  return errors::ValidationException("Too many items requested for the BatchGetItem call");
}

// The keys that one table is asked for: valid, and none twice.
Result<std::vector<Item>> keys_of(const TableDefinition& table, const Document& documents) {
  std::vector<Item> out;
  std::set<std::string> places;
  for (const Document& document : documents.as_array()) {
    auto key = attributes_from(document);
    if (!key) return std::move(key).error();
    RETURN_IF_ERROR(check_key(table, *key));
    if (!places.insert(item_key(table, *key)).second) {
      return errors::ValidationException("Provided list of item keys contains duplicates");
    }
    out.push_back(*std::move(key));
  }
  return out;
}

class BatchReader {
 public:
  BatchReader(const Query& query, const BatchGetItemInput& input)
      : query_(query), capacity_(input.ReturnConsumedCapacity) {
    out_.Responses = Document::object();
    out_.UnprocessedKeys.emplace();
  }

  Status read(const std::string& name, const KeysAndAttributes& wanted) {
    auto paths = only_paths_of(wanted);
    if (!paths) return std::move(paths).error();
    auto table = table_for_items(query_.view, query_.scope(), name);
    if (!table) return std::move(table).error();
    auto keys = keys_of(**table, wanted.Keys);
    if (!keys) return std::move(keys).error();
    Document items = Document::array();
    Document left = Document::array();
    for (const Item& key : *keys) {
      if (bytes_ >= kAnswerBytesMax) {
        left.push(to_document(key));
        continue;
      }
      const auto item = find_item(query_.view, **table, key);
      const size_t bytes = item ? size_of(*item) : 0;
      bytes_ += bytes;
      if (item) items.push(answered_item(*item, *paths));
      capacity_.add_read(**table, nullptr,
                         read_units(bytes, wanted.ConsistentRead.value_or(false)));
    }
    out_.Responses.set(name, std::move(items));
    if (left.as_array().empty()) return ok();
    KeysAndAttributes unprocessed = wanted;
    unprocessed.Keys = std::move(left);
    (*out_.UnprocessedKeys)[name] = std::move(unprocessed);
    return ok();
  }

  BatchGetItemOutput take() {
    out_.ConsumedCapacity = capacity_.all();
    return std::move(out_);
  }

 private:
  const Query& query_;
  CapacityCount capacity_;
  BatchGetItemOutput out_;
  size_t bytes_ = 0;
};

}  // namespace

Result<BatchGetItemOutput> BatchGetItem(const Query& query, BatchGetItemInput input) {
  RETURN_IF_ERROR(check_count(input));
  BatchReader reader(query, input);
  for (const auto& [table, wanted] : input.RequestItems) {
    RETURN_IF_ERROR(reader.read(table, wanted));
  }
  return reader.take();
}

OPERATION(BatchGetItem);

}  // namespace tidemill::dynamodb
