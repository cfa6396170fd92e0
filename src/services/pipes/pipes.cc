#include "services/pipes/pipes.h"

#include <charconv>

#include "wire/encoder.h"
#include "wire/json.h"

namespace tidemill::pipes {
namespace {

using kv::Key;
using kv::Keyspace;

std::string key_of(const Scope& scope, const std::string& name) {
  return Key(Keyspace::kPipes).scope(scope).text(name).bytes();
}

PipeDefinition decode_pipe(std::string_view stored) {
  Result<Document> document = parse_json(stored);
  CHECK(document.has_value());
  return from_document<PipeDefinition>(*std::move(document));
}

Error no_pipe(const std::string& name) {
  return errors::NotFoundException("Pipe " + name + " does not exist.");
}

}  // namespace

std::string pipe_arn(const Scope& scope, const std::string& name) {
  return make_arn("pipes", scope, "pipe/" + name);
}

std::optional<PipeDefinition> find_pipe(const kv::View& view, const Scope& scope,
                                        const std::string& name) {
  const auto stored = view.get(key_of(scope, name));
  if (!stored) return std::nullopt;
  return decode_pipe(*stored);
}

Result<PipeDefinition> pipe_named(const kv::View& view, const Scope& scope,
                                  const std::string& name) {
  auto pipe = find_pipe(view, scope, name);
  if (!pipe) return no_pipe(name);
  return *std::move(pipe);
}

Result<PipeDefinition> pipe_of_arn(const kv::View& view, const Scope& scope,
                                   const std::string& arn) {
  const auto parsed = parse_arn(arn);
  if (!parsed || parsed->service != "pipes" || parsed->scope != scope ||
      !parsed->resource.starts_with("pipe/")) {
    return no_pipe(arn);
  }
  return pipe_named(view, scope, parsed->resource.substr(5));
}

std::vector<PipeDefinition> pipes_of(const kv::View& view, const Scope& scope) {
  std::vector<PipeDefinition> out;
  const std::string prefix = Key(Keyspace::kPipes).scope(scope).bytes();
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    out.push_back(decode_pipe(cursor->value()));
  }
  return out;
}

std::vector<PipeOfScope> all_pipes(const kv::View& view) {
  std::vector<PipeOfScope> out;
  const std::string prefix = Key(Keyspace::kPipes).bytes();
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    kv::KeyReader key(cursor->key());
    Scope scope;
    scope.account = key.text();
    scope.region = key.text();
    out.push_back({std::move(scope), decode_pipe(cursor->value())});
  }
  return out;
}

void put_pipe(kv::Transaction& tx, const Scope& scope, const PipeDefinition& pipe) {
  tx.put(key_of(scope, pipe.Name), to_json(pipe));
  tx.touch(kPipesTopic);
}

void erase_pipe(kv::Transaction& tx, const Scope& scope, const std::string& name) {
  tx.erase(key_of(scope, name));
  const std::string prefix = Key(Keyspace::kPipePositions).scope(scope).text(name).bytes();
  for (auto cursor = tx.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    tx.erase(std::string(cursor->key()));
  }
  tx.touch(kPipesTopic);
}

std::optional<uint64_t> pipe_position(const kv::View& view, const Scope& scope,
                                      const std::string& name, const std::string& shard_id) {
  const auto stored =
      view.get(Key(Keyspace::kPipePositions).scope(scope).text(name).text(shard_id).bytes());
  if (!stored) return std::nullopt;
  uint64_t position = 0;
  const auto read = std::from_chars(stored->data(), stored->data() + stored->size(), position);
  CHECK(read.ec == std::errc{} && read.ptr == stored->data() + stored->size());
  return position;
}

void put_pipe_position(kv::Transaction& tx, const Scope& scope, const std::string& name,
                       const std::string& shard_id, uint64_t position) {
  tx.put(Key(Keyspace::kPipePositions).scope(scope).text(name).text(shard_id).bytes(),
         std::to_string(position));
}

}  // namespace tidemill::pipes
