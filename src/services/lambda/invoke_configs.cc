#include "services/lambda/invoke_configs.h"

#include "wire/json.h"

namespace tidemill::lambda {
namespace {

kv::Key configs_key(const FunctionReference& of) {
  return kv::Key(kv::Keyspace::kEventInvokeConfigs).scope(of.scope).text(of.name);
}

std::string config_key(const FunctionReference& of) {
  return configs_key(of).text(of.qualifier.empty() ? kLatest : of.qualifier).bytes();
}

FunctionEventInvokeConfig read_config(std::string_view text) {
  auto document = parse_json(text);
  CHECK(document);  // written by us
  return from_document<FunctionEventInvokeConfig>(*std::move(document));
}

Status check_destination(const std::optional<std::string>& destination) {
  if (!destination || destination->empty()) return ok();
  const std::optional<Arn> arn = parse_arn(*destination);
  if (!arn) {
    return errors::InvalidParameterValueException("The destination ARN " + *destination +
                                                  " is invalid.");
  }
  if (arn->service == "lambda" || arn->service == "events") return ok();
  return errors::NotImplemented("Tidemill has no destinations in " + arn->service +
                                "; functions and event buses can be destinations.");
}

}  // namespace

std::optional<FunctionEventInvokeConfig> find_invoke_config(const kv::View& view,
                                                            const FunctionReference& of) {
  const auto value = view.get(config_key(of));
  if (!value) return std::nullopt;
  return read_config(*value);
}

std::vector<FunctionEventInvokeConfig> invoke_configs_of(const kv::View& view,
                                                         const FunctionReference& of) {
  std::vector<FunctionEventInvokeConfig> configs;
  for (auto cursor = view.scan_prefix(configs_key(of).bytes()); cursor->valid(); cursor->next()) {
    configs.push_back(read_config(cursor->value()));
  }
  return configs;
}

void put_invoke_config(kv::Transaction& tx, const FunctionReference& of,
                       const FunctionEventInvokeConfig& config) {
  tx.put(config_key(of), to_json(config));
}

void erase_invoke_config(kv::Transaction& tx, const FunctionReference& of) {
  tx.erase(config_key(of));
}

Status check_destinations(const std::optional<DestinationConfig>& destinations) {
  if (!destinations) return ok();
  if (destinations->OnSuccess) {
    RETURN_IF_ERROR(check_destination(destinations->OnSuccess->Destination));
  }
  if (destinations->OnFailure) {
    RETURN_IF_ERROR(check_destination(destinations->OnFailure->Destination));
  }
  return ok();
}

Error invoke_config_not_found(const FunctionReference& of) {
  return errors::ResourceNotFoundException("The function " + of.arn() +
                                           " doesn't have an EventInvokeConfig");
}

}  // namespace tidemill::lambda
