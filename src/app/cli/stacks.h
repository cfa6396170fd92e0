// CloudFormation stacks by change sets, as `aws cloudformation deploy` does it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/aws/client.h"

namespace tidemill::cli {

using Progress = std::function<void(const std::string&)>;
using StackOutputs = std::map<std::string, std::string>;

struct StackRequest {
  std::string name;
  std::string template_body;
  std::map<std::string, std::string> parameters;
};

// Creates or updates, waits for the end, answers the outputs. A template without changes is done.
// On failure the message holds the events that say why.
Result<StackOutputs> deploy_stack(aws::Client& client, const StackRequest& request,
                                  const Progress& progress);

// The outputs of a stack that is there.
Result<StackOutputs> stack_outputs(aws::Client& client, const std::string& name);

}  // namespace tidemill::cli
