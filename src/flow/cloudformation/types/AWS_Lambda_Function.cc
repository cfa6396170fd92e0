#include "flow/cloudformation/inline_code.h"
#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

// Code.ZipFile of a template is the text of one file: the operation wants an archive.
void pack_inline_code(Document& code, std::string_view runtime) {
  const Document* text = code.find("ZipFile");
  if (!text || !text->is_string()) return;
  const char* file = runtime.starts_with("nodejs") ? "index.js" : "index.py";
  code.set("ZipFile", Blob{zip_of_one_file(file, text->as_string())});
}

Document function_of(const ResourceCall& call) {
  return object_of("FunctionName", call.physical_id);
}

Task<Status> set_concurrency(ResourceCall& call) {
  if (!call.changed("ReservedConcurrentExecutions")) co_return ok();
  Document input = function_of(call);
  const Document* wanted = call.properties.find("ReservedConcurrentExecutions");
  if (wanted) input.set("ReservedConcurrentExecutions", *wanted);
  auto acting = act(call, "lambda", wanted ? "PutFunctionConcurrency" : "DeleteFunctionConcurrency",
                    std::move(input));
  co_return co_await std::move(acting);
}

Task<Result<std::string>> create(ResourceCall& call) {
  Document input = call.without({"FunctionName", "ReservedConcurrentExecutions", "Tags"});
  input.set("FunctionName", call.physical_id);
  if (Document* code = input.find("Code")) pack_inline_code(*code, call.text("Runtime"));
  Document tags = tag_map(call.properties.find("Tags"));
  if (!tags.as_object().empty()) input.set("Tags", std::move(tags));
  auto acting = act(call, "lambda", "CreateFunction", std::move(input));
  Status done = co_await std::move(acting);
  if (!done) co_return std::move(done).error();
  auto limiting = set_concurrency(call);
  done = co_await std::move(limiting);
  if (!done) co_return std::move(done).error();
  co_return std::string();
}

Task<Result<Made>> read(ResourceCall& call) {
  Made made{call.physical_id};
  made.attributes.set("Arn", make_arn("lambda", call.scope, "function:" + call.physical_id));
  co_return std::move(made);
}

Task<Status> update(ResourceCall& call) {
  if (call.changed("Code") || call.changed("Architectures")) {
    Document input =
        call.properties.find("Code") ? *call.properties.find("Code") : Document::object();
    pack_inline_code(input, call.text("Runtime"));
    input.set("FunctionName", call.physical_id);
    if (const Document* all = call.properties.find("Architectures")) {
      input.set("Architectures", *all);
    }
    auto coding = act(call, "lambda", "UpdateFunctionCode", std::move(input));
    Status done = co_await std::move(coding);
    if (!done) co_return std::move(done).error();
  }
  Document input = call.without({"FunctionName", "ReservedConcurrentExecutions", "Tags", "Code",
                                 "Architectures", "PackageType"});
  input.set("FunctionName", call.physical_id);
  auto configuring = act(call, "lambda", "UpdateFunctionConfiguration", std::move(input));
  Status done = co_await std::move(configuring);
  if (!done) co_return std::move(done).error();
  auto limiting = set_concurrency(call);
  co_return co_await std::move(limiting);
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "lambda", "DeleteFunction", function_of(call));
}

}  // namespace

ResourceType AWS_Lambda_Function() {
  return {.name = "AWS::Lambda::Function",
          .properties = {"FunctionName",
                         "Runtime",
                         "Role",
                         "Handler",
                         "Code",
                         "Description",
                         "Timeout",
                         "MemorySize",
                         "Environment",
                         "Architectures",
                         "PackageType",
                         "ReservedConcurrentExecutions",
                         "Layers",
                         "EphemeralStorage",
                         "LoggingConfig",
                         "TracingConfig",
                         "DeadLetterConfig",
                         "VpcConfig",
                         "KmsKeyArn",
                         "Tags"},
          .replacing = {"FunctionName", "PackageType"},
          .name_property = "FunctionName",
          .name_length_max = 64,
          .create = create,
          .read = read,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
