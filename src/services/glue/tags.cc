#include "services/glue/tags.h"

#include "wire/json.h"

namespace tidemill::glue {
namespace {

std::string key_of(const Scope& scope, std::string_view arn) {
  return kv::Key(kv::Keyspace::kGlueTags).scope(scope).text(arn).bytes();
}

}  // namespace

Tags tags_of(const kv::View& view, const Scope& scope, std::string_view arn) {
  Tags tags;
  const auto text = view.get(key_of(scope, arn));
  if (!text) return tags;
  auto document = parse_json(*text);
  CHECK(document);  // we wrote it
  decode(*std::move(document), tags);
  return tags;
}

void put_tags(kv::Transaction& tx, const Scope& scope, std::string_view arn, const Tags& tags) {
  if (tags.empty()) return tx.erase(key_of(scope, arn));
  DocumentEncoder encoder;
  encode(encoder, tags);
  tx.put(key_of(scope, arn), to_json(encoder.take()));
}

bool has_tags(const kv::View& view, const Scope& scope, std::string_view arn, const Tags& wanted) {
  const Tags tags = tags_of(view, scope, arn);
  for (const auto& [name, value] : wanted) {
    const auto found = tags.find(name);
    if (found == tags.end() || found->second != value) return false;
  }
  return true;
}

}  // namespace tidemill::glue
