#include "app/cli/stacks.h"

#include "app/cli/session.h"
#include "app/cli/xml_text.h"

namespace tidemill::cli {
namespace {

constexpr int64_t kPollMs = 100;
constexpr int64_t kStackMsMax = 600'000;
constexpr size_t kFailedEventsMax = 10;

using Fields = std::map<std::string, std::string>;

Result<std::string> ask(aws::Client& client, const std::string& action, const Fields& fields) {
  return client.call_query("cloudformation", "2010-05-15", action, fields);
}

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// Empty when there is no such stack.
Result<std::string> stack_status(aws::Client& client, const std::string& name) {
  auto answer = ask(client, "DescribeStacks", {{"StackName", name}});
  if (answer) return Xml::text(*answer, "StackStatus");
  if (answer.error().message.find("does not exist") != std::string::npos) return std::string();
  return std::move(answer).error();
}

Result<std::string> create_change_set(aws::Client& client, const StackRequest& request,
                                      const std::string& type, const std::string& change_set) {
  Fields fields = {{"StackName", request.name},
                   {"ChangeSetName", change_set},
                   {"ChangeSetType", type},
                   {"TemplateBody", request.template_body},
                   {"Capabilities.member.1", "CAPABILITY_IAM"},
                   {"Capabilities.member.2", "CAPABILITY_NAMED_IAM"}};
  size_t number = 0;
  for (const auto& [name, value] : request.parameters) {
    const std::string member = "Parameters.member." + std::to_string(++number);
    fields[member + ".ParameterKey"] = name;
    fields[member + ".ParameterValue"] = value;
  }
  return ask(client, "CreateChangeSet", fields);
}

// True when there is something to execute.
Result<bool> is_change_set_ready(aws::Client& client, const Fields& names) {
  for (const int64_t until = monotonic_ms() + kStackMsMax; monotonic_ms() < until;) {
    auto answer = ask(client, "DescribeChangeSet", names);
    if (!answer) return std::move(answer).error();
    const std::string status = Xml::text(*answer, "Status");
    const std::string reason = Xml::text(*answer, "StatusReason");
    if (status == "CREATE_COMPLETE") return true;
    if (status == "FAILED") {
      if (reason.find("didn't contain changes") != std::string::npos ||
          reason.find("No updates are to be performed") != std::string::npos) {
        return false;
      }
      return failed("the change set failed: " + reason);
    }
    pause_ms(kPollMs);
  }
  return failed("the change set was not ready in time");
}

std::string failed_events(aws::Client& client, const std::string& name) {
  auto answer = ask(client, "DescribeStackEvents", {{"StackName", name}});
  if (!answer) return " (its events cannot be read: " + answer.error().message + ")";
  std::string text;
  size_t count = 0;
  for (const std::string& events : Xml::all(*answer, "StackEvents")) {
    for (const std::string& event : Xml::all(events, "member")) {
      const std::string status = Xml::text(event, "ResourceStatus");
      if (!ends_with(status, "_FAILED") || ++count > kFailedEventsMax) continue;
      text += "\n  " + Xml::text(event, "LogicalResourceId") + " (" +
              Xml::text(event, "ResourceType") + ") " + status + ": " +
              Xml::text(event, "ResourceStatusReason");
    }
  }
  return text;
}

Status wait_for_stack(aws::Client& client, const std::string& name, const Progress& progress) {
  std::string last;
  for (const int64_t until = monotonic_ms() + kStackMsMax; monotonic_ms() < until;) {
    auto status = stack_status(client, name);
    if (!status) return std::move(status).error();
    if (*status != last) progress("stack " + name + ": " + *status);
    last = *status;
    if (last == "CREATE_COMPLETE" || last == "UPDATE_COMPLETE") return ok();
    if (!ends_with(last, "_IN_PROGRESS")) {
      return failed("stack " + name + " ended as " + last + failed_events(client, name));
    }
    pause_ms(kPollMs);
  }
  return failed("stack " + name + " still is " + last + " after ten minutes");
}

}  // namespace

Result<StackOutputs> deploy_stack(aws::Client& client, const StackRequest& request,
                                  const Progress& progress) {
  auto status = stack_status(client, request.name);
  if (!status) return std::move(status).error();
  if (*status == "ROLLBACK_COMPLETE") {
    return failed("stack " + request.name +
                  " is ROLLBACK_COMPLETE: delete it first (aws cloudformation delete-stack "
                  "--stack-name " +
                  request.name + ")");
  }
  const bool is_new = status->empty() || *status == "REVIEW_IN_PROGRESS";
  const std::string change_set = "tidemill-" + std::to_string(now().milliseconds);
  const Fields names = {{"StackName", request.name}, {"ChangeSetName", change_set}};
  RETURN_IF_ERROR(create_change_set(client, request, is_new ? "CREATE" : "UPDATE", change_set));
  auto ready = is_change_set_ready(client, names);
  if (!ready) return std::move(ready).error();
  if (*ready) {
    RETURN_IF_ERROR(ask(client, "ExecuteChangeSet", names));
    RETURN_IF_ERROR(wait_for_stack(client, request.name, progress));
  } else {
    progress("stack " + request.name + ": no changes");
    RETURN_IF_ERROR(ask(client, "DeleteChangeSet", names));
  }
  return stack_outputs(client, request.name);
}

Result<StackOutputs> stack_outputs(aws::Client& client, const std::string& name) {
  auto answer = ask(client, "DescribeStacks", {{"StackName", name}});
  if (!answer) return std::move(answer).error();
  StackOutputs outputs;
  for (const std::string& all : Xml::all(*answer, "Outputs")) {
    for (const std::string& one : Xml::all(all, "member")) {
      outputs[Xml::text(one, "OutputKey")] = Xml::text(one, "OutputValue");
    }
  }
  return outputs;
}

}  // namespace tidemill::cli
