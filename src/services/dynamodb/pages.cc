#include "services/dynamodb/pages.h"

#include <algorithm>

namespace tidemill::dynamodb {
namespace {

Error invalid(const std::string& what) {
  return errors::ValidationException("One or more parameter values were invalid: " + what);
}

// The key from which a reader goes on: the table's key attributes and the index's.
Item resume_key(const PageRequest& request, const Item& item) {
  Item out = key_of(request.table, item);
  if (!request.index) return out;
  const KeySchema& keys = request.index->keys;
  out.set(keys.partition.name, *item.find(keys.partition.name));
  if (keys.sort) out.set(keys.sort->name, *item.find(keys.sort->name));
  return out;
}

Status check_start_attribute(const KeyAttribute& key, const Item& start) {
  const AttributeValue* value = start.find(key.name);
  if (value && type_name(value->type()) == key.type && !value->text().empty()) return ok();
  return errors::ValidationException(
      "The provided starting key is invalid: The provided key element does not match the schema");
}

Status check_start(const PageRequest& request, const Item& start) {
  std::vector<const KeyAttribute*> wanted;
  const auto want = [&](const KeyAttribute& key) {
    const auto same = [&](const KeyAttribute* other) { return other->name == key.name; };
    if (std::none_of(wanted.begin(), wanted.end(), same)) wanted.push_back(&key);
  };
  for (const KeySchema* keys : {&request.table.keys, &request.keys()}) {
    want(keys->partition);
    if (keys->sort) want(*keys->sort);
  }
  if (start.size() != wanted.size()) {
    return errors::ValidationException("The provided starting key is invalid");
  }
  for (const KeyAttribute* key : wanted) RETURN_IF_ERROR(check_start_attribute(*key, start));
  return ok();
}

bool is_projected(const PageRequest& request, const std::string& attribute) {
  const IndexDefinition& index = *request.index;
  const auto& names = index.non_key_attributes;
  return index.projection_type == "ALL" || index.keys.has(attribute) ||
         request.table.keys.has(attribute) ||
         std::find(names.begin(), names.end(), attribute) != names.end();
}

bool wants_unprojected(const PageRequest& request) {
  if (!request.index || !request.paths) return false;
  return std::any_of(request.paths->begin(), request.paths->end(),
                     [&](const Path& path) { return !is_projected(request, path.attribute()); });
}

// One item looked at: counted, filtered, answered.
void take(const kv::View& view, const PageRequest& request, Item item, Page& page) {
  ++page.scanned_count;
  page.bytes += size_of(item);
  if (request.whole_items) {
    auto whole = find_item(view, request.table, item);
    if (whole) item = *std::move(whole);
    page.bytes += size_of(item);
  }
  if (request.filter && !holds(*request.filter, item)) return;
  ++page.count;
  if (!request.counts_only) page.items.push(answered_item(item, request.paths));
}

}  // namespace

Page read_page(const kv::View& view, const PageRequest& request) {
  Page page;
  if (!request.counts_only) page.items = Document::array();
  auto cursor = request.forward ? view.scan(request.range.begin, request.range.end)
                                : view.scan_back(request.range.begin, request.range.end);
  for (; cursor->valid(); cursor->next()) {
    Item item = item_from_stored(cursor->value());
    Item key = resume_key(request, item);
    take(view, request, std::move(item), page);
    if (page.scanned_count == request.limit || page.bytes >= kPageBytesMax) {
      page.last_key = to_document(key);
      break;
    }
  }
  return page;
}

Status start_after(PageRequest& request, const Document& exclusive_start_key, bool is_query) {
  auto start = attributes_from(exclusive_start_key);
  if (!start) {
    return errors::ValidationException("The provided starting key is invalid: " +
                                       start.error().message);
  }
  RETURN_IF_ERROR(check_start(request, *start));
  const std::string place = request.index ? *entry_key(request.table, *request.index, *start)
                                          : item_key(request.table, *start);
  if (!request.range.contains(place)) {
    return errors::ValidationException(
        is_query ? "The provided starting key is outside query boundaries based on provided "
                   "conditions"
                 : "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use "
                   "ExclusiveStartKey with correct Segment.");
  }
  if (request.forward) {
    request.range.begin = kv::prefix_end(place);
  } else {
    request.range.end = place;
  }
  return ok();
}

Status check_selection(const PageRequest& request, const Selection& selection) {
  const std::string select = selection.select.value_or("");
  const bool has_paths = selection.has_projection_expression || selection.has_attributes_to_get;
  const char* parameter =
      selection.has_attributes_to_get ? "AttributesToGet" : "ProjectionExpression";
  if (has_paths && !select.empty() && select != "SPECIFIC_ATTRIBUTES") {
    return invalid(std::string("Cannot specify the ") + parameter + " when choosing to get " +
                   (select == "COUNT" ? "only the Count" : select));
  }
  if (!has_paths && select == "SPECIFIC_ATTRIBUTES") {
    return invalid(
        "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
        "SPECIFIC_ATTRIBUTES");
  }
  if (!request.index) {
    if (select != "ALL_PROJECTED_ATTRIBUTES") return ok();
    return invalid("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
  }
  if (!request.index->is_global) return ok();
  if (selection.consistent) {
    return errors::ValidationException(
        "Consistent reads are not supported on global secondary indexes");
  }
  if (select == "ALL_ATTRIBUTES" && request.index->projection_type != "ALL") {
    return invalid("Select type ALL_ATTRIBUTES is not supported for global secondary index " +
                   request.index->name + " because its projection type is not ALL");
  }
  if (wants_unprojected(request)) {
    std::string names;
    for (const Path& path : *request.paths) {
      if (is_projected(request, path.attribute())) continue;
      names += (names.empty() ? "" : ", ") + path.attribute();
    }
    return invalid("Global secondary index " + request.index->name + " does not project [" + names +
                   "]");
  }
  return ok();
}

void apply_selection(PageRequest& request, const Selection& selection) {
  request.counts_only = selection.select == "COUNT";
  if (!request.index || request.index->is_global || request.index->projection_type == "ALL") {
    return;
  }
  request.whole_items = selection.select == "ALL_ATTRIBUTES" || wants_unprojected(request);
}

Result<const IndexDefinition*> index_named(const TableDefinition& table,
                                           const std::optional<std::string>& name) {
  if (!name) return static_cast<const IndexDefinition*>(nullptr);
  const IndexDefinition* index = table.find_index(*name);
  if (index) return index;
  return errors::ValidationException("The table does not have the specified index: " + *name);
}

}  // namespace tidemill::dynamodb
