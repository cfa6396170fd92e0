// Pipes as they are stored: definitions only; flow/pipes moves the records.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes.html
//
// A pipe is RUNNING or STOPPED as soon as it is created: nothing has to be provisioned. Where it
// starts to read is decided and saved by CreatePipe, so that no record after its answer is missed.
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

namespace tidemill::pipes {

inline constexpr size_t kPipesMax = 1000;  // per account and region
inline constexpr size_t kTagsMax = 50;
// Touched when a pipe is made, changed or deleted.
inline constexpr const char* kPipesTopic = "pipes";

struct PipeDefinition {
  std::string Name;
  std::string Description;
  std::string DesiredState = "RUNNING";
  std::string CurrentState = "RUNNING";
  std::string StateReason;
  std::string Source;
  std::string Target;
  std::string RoleArn;
  // As in the requests (PipeSourceParameters, PipeTargetParameters); null when not given.
  Document SourceParameters;
  Document TargetParameters;
  std::map<std::string, std::string> Tags;
  int64_t created_ms = 0;
  int64_t modified_ms = 0;
  int64_t version = 1;  // rises with every change; a worker's commit checks it

  bool running() const { return DesiredState == "RUNNING"; }
  template <class Visitor>
  void fields(Visitor& visit) {
    visit("Name", Name);
    visit("Description", Description);
    visit("DesiredState", DesiredState);
    visit("CurrentState", CurrentState);
    visit("StateReason", StateReason);
    visit("Source", Source);
    visit("Target", Target);
    visit("RoleArn", RoleArn);
    visit("SourceParameters", SourceParameters);
    visit("TargetParameters", TargetParameters);
    visit("Tags", Tags);
    visit("CreatedMilliseconds", created_ms);
    visit("ModifiedMilliseconds", modified_ms);
    visit("Version", version);
  }
};

std::string pipe_arn(const Scope& scope, const std::string& name);

std::optional<PipeDefinition> find_pipe(const kv::View& view, const Scope& scope,
                                        const std::string& name);
// The same; NotFoundException when there is none.
Result<PipeDefinition> pipe_named(const kv::View& view, const Scope& scope,
                                  const std::string& name);
// The pipe that an ARN names; NotFoundException when there is none.
Result<PipeDefinition> pipe_of_arn(const kv::View& view, const Scope& scope,
                                   const std::string& arn);
// By name, ascending.
std::vector<PipeDefinition> pipes_of(const kv::View& view, const Scope& scope);

struct PipeOfScope {
  Scope scope;
  PipeDefinition pipe;
};
std::vector<PipeOfScope> all_pipes(const kv::View& view);

void put_pipe(kv::Transaction& tx, const Scope& scope, const PipeDefinition& pipe);
// Forgets the pipe and its positions.
void erase_pipe(kv::Transaction& tx, const Scope& scope, const std::string& name);

// How far a pipe has read a shard: the position it reads next; nullopt for a shard that came after
// the pipe, which is read from its first record.
std::optional<uint64_t> pipe_position(const kv::View& view, const Scope& scope,
                                      const std::string& name, const std::string& shard_id);
void put_pipe_position(kv::Transaction& tx, const Scope& scope, const std::string& name,
                       const std::string& shard_id, uint64_t position);

}  // namespace tidemill::pipes
