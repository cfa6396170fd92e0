// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
//
// The function is Active when the answer leaves: its code is unpacked on its first invocation.
#include "shapes/lambda/CreateFunction.h"

#include "services/lambda/configuration.h"

namespace tidemill::lambda {
namespace {

UpdateFunctionConfigurationInput settings_of(const CreateFunctionInput& input) {
  UpdateFunctionConfigurationInput settings;
  settings.FunctionName = input.FunctionName;
  settings.Role = input.Role;
  settings.Handler = input.Handler;
  settings.Description = input.Description.value_or("");
  settings.Timeout = input.Timeout.value_or(3);
  settings.MemorySize = input.MemorySize.value_or(128);
  settings.VpcConfig = input.VpcConfig;
  settings.Environment = input.Environment;
  settings.Runtime = input.Runtime;
  settings.DeadLetterConfig = input.DeadLetterConfig;
  settings.KMSKeyArn = input.KMSKeyArn;
  settings.TracingConfig = input.TracingConfig;
  settings.Layers = input.Layers;
  settings.FileSystemConfigs = input.FileSystemConfigs;
  settings.ImageConfig = input.ImageConfig;
  settings.EphemeralStorage = input.EphemeralStorage;
  settings.SnapStart = input.SnapStart;
  return settings;
}

Status check_input(sys::Files& files, const CreateFunctionInput& input) {
  if (input.PackageType.value_or("Zip") == "Image" || input.Code.ImageUri) {
    return errors::NotImplemented("Tidemill does not run functions from container images.");
  }
  if (input.CodeSigningConfigArn) {
    return errors::NotImplemented("Tidemill does not support CodeSigningConfigArn.");
  }
  if (!input.Runtime || !input.Handler) {
    return errors::InvalidParameterValueException(
        "Runtime and Handler are mandatory parameters for functions created with deployment "
        "packages.");
  }
  RETURN_IF_ERROR(check_architectures(input.Architectures, *input.Runtime));
  return check_settings(files, settings_of(input));
}

FunctionVersion first_version(const CreateFunctionInput& input, const FunctionReference& of,
                              const StoredCode& code) {
  FunctionVersion version;
  version.code = code.sha256_hex;
  FunctionConfiguration& made = version.configuration;
  made.FunctionName = of.name;
  made.FunctionArn = of.function_arn();
  made.Version = std::string(kLatest);
  made.CodeSize = static_cast<int64_t>(code.bytes);
  made.CodeSha256 = code.sha256_base64;
  made.PackageType = "Zip";
  made.Architectures = input.Architectures.value_or(std::vector<std::string>{"x86_64"});
  made.State = "Active";
  made.LastUpdateStatus = "Successful";
  made.TracingConfig.emplace().Mode = "PassThrough";
  made.EphemeralStorage.emplace().Size = 512;
  made.SnapStart.emplace().ApplyOn = "None";
  made.SnapStart->OptimizationStatus = "Off";
  apply_settings(made, settings_of(input));
  return version;
}

Error exists(const FunctionReference& of) {
  return errors::ResourceConflictException("Function already exist: " + of.name);
}

Result<FunctionConfiguration> create(kv::Transaction& tx, const FunctionReference& of,
                                     const CreateFunctionInput& input, FunctionVersion latest) {
  if (find_function(tx, of)) return exists(of);
  FunctionDefinition definition;
  definition.name = of.name;
  definition.tags = input.Tags.value_or(std::map<std::string, std::string>{});
  put_version(tx, of, 0, latest);
  put_function(tx, of, definition);
  if (!input.Publish.value_or(false)) return latest.configuration;
  return publish(tx, of, definition, latest).configuration;
}

}  // namespace

Task<Result<FunctionConfiguration>> CreateFunction(Call& call, CreateFunctionInput input) {
  auto of = parse_function(call.scope(), input.FunctionName);
  if (!of) co_return std::move(of).error();
  of->qualifier.clear();
  of->scope = call.scope();
  CO_RETURN_IF_ERROR(check_input(call.environment.files, input));
  const auto view = call.environment.store.published();
  if (find_function(*view, *of)) co_return exists(*of);

  CodeSource source{std::move(input.Code.ZipFile), input.Code.S3Bucket, input.Code.S3Key,
                    input.Code.S3ObjectVersion, input.Code.ImageUri};
  input.Code.ZipFile.reset();
  auto saving = save_code(call.environment, *of, std::move(source));
  Result<StoredCode> code = co_await std::move(saving);
  if (!code) co_return std::move(code).error();

  FunctionVersion latest = first_version(input, *of, *code);
  mark_changed(latest.configuration, call.now(), call.environment.random);
  auto act = [&](kv::Transaction& tx) { return create(tx, *of, input, latest); };
  auto committing = call.environment.store.command(std::move(act));
  co_return co_await std::move(committing);
}

OPERATION(CreateFunction);

}  // namespace tidemill::lambda
