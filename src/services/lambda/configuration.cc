#include "services/lambda/configuration.h"

#include <algorithm>
#include <array>

#include "services/lambda/functions.h"
#include "services/lambda/runtimes.h"
#include "services/s3/objects.h"
#include "wire/json.h"
#include "wire/timestamp.h"

namespace tidemill::lambda {
namespace {

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
constexpr std::array kReservedVariables = {"AWS_ACCESS_KEY",
                                           "AWS_ACCESS_KEY_ID",
                                           "AWS_DEFAULT_REGION",
                                           "AWS_EXECUTION_ENV",
                                           "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                                           "AWS_LAMBDA_FUNCTION_NAME",
                                           "AWS_LAMBDA_FUNCTION_VERSION",
                                           "AWS_LAMBDA_INITIALIZATION_TYPE",
                                           "AWS_LAMBDA_LOG_GROUP_NAME",
                                           "AWS_LAMBDA_LOG_STREAM_NAME",
                                           "AWS_LAMBDA_RUNTIME_API",
                                           "AWS_REGION",
                                           "AWS_SECRET_ACCESS_KEY",
                                           "AWS_SESSION_TOKEN",
                                           "LAMBDA_RUNTIME_DIR",
                                           "LAMBDA_TASK_ROOT",
                                           "_HANDLER",
                                           "_X_AMZN_TRACE_ID"};

#if defined(__aarch64__)
constexpr std::string_view kMachine = "arm64";
#else
constexpr std::string_view kMachine = "x86_64";
#endif

Error not_there(const std::string& what) {
  return errors::NotImplemented("Tidemill does not support " + what + " of Lambda functions.");
}

Status check_variables(const std::map<std::string, std::string>& variables) {
  constexpr std::string_view kPrefix =
      "Lambda was unable to configure your environment variables because the environment "
      "variables you have provided ";
  std::string reserved;
  size_t bytes = 2;
  for (const auto& [name, value] : variables) {
    bytes += name.size() + value.size() + 6;
    if (std::find(kReservedVariables.begin(), kReservedVariables.end(), name) ==
        kReservedVariables.end()) {
      continue;
    }
    reserved += (reserved.empty() ? "" : ", ") + name;
  }
  if (!reserved.empty()) {
    return errors::InvalidParameterValueException(
        std::string(kPrefix) +
        "contains reserved keys that are currently not supported for modification. Reserved keys "
        "used in this request: " +
        reserved);
  }
  if (bytes > kVariablesBytesMax) {
    return errors::InvalidParameterValueException(std::string(kPrefix) + "exceeded the 4KB limit.");
  }
  return ok();
}

Status check_absent(const UpdateFunctionConfigurationInput& settings) {
  if (settings.Layers && !settings.Layers->empty()) return not_there("Layers");
  if (settings.FileSystemConfigs && !settings.FileSystemConfigs->empty()) {
    return not_there("FileSystemConfigs");
  }
  if (settings.DeadLetterConfig && !settings.DeadLetterConfig->TargetArn.value_or("").empty()) {
    return not_there("DeadLetterConfig (there are neither queues nor topics)");
  }
  if (settings.ImageConfig) return not_there("ImageConfig");
  if (settings.VpcConfig && settings.VpcConfig->SubnetIds &&
      !settings.VpcConfig->SubnetIds->empty()) {
    return not_there("VpcConfig");
  }
  if (settings.SnapStart && settings.SnapStart->ApplyOn.value_or("None") != "None") {
    return not_there("SnapStart");
  }
  return ok();
}

Task<Result<std::string>> fetch_object(tidemill::Environment& environment, std::string bucket,
                                       std::string key) {
  const auto view = environment.store.published();
  const auto entry = s3::find_object(*view, bucket, key);
  if (!entry) {
    co_return errors::InvalidParameterValueException(
        "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The "
        "specified key does not exist.");
  }
  if (entry->size > kUnpackedBytesMax) {
    co_return errors::InvalidParameterValueException("Unzipped size must be smaller than " +
                                                     std::to_string(kUnpackedBytesMax) + " bytes");
  }
  auto reading = s3::read_object(environment, *entry, 0, entry->size);
  co_return co_await std::move(reading);
}

}  // namespace

Status check_settings(sys::Files& files, const UpdateFunctionConfigurationInput& settings) {
  RETURN_IF_ERROR(check_absent(settings));
  if (settings.Timeout && *settings.Timeout > kTimeoutSecondsMax) {
    return errors::ValidationException(
        "1 validation error detected: Value '" + std::to_string(*settings.Timeout) +
        "' at 'timeout' failed to satisfy constraint: Member must have value less than or equal "
        "to 900");
  }
  if (settings.Runtime) {
    const auto runtime = find_runtime(files, *settings.Runtime);
    if (!runtime) return runtime.error();
  }
  if (settings.Environment && settings.Environment->Variables) {
    RETURN_IF_ERROR(check_variables(*settings.Environment->Variables));
  }
  return ok();
}

void apply_settings(FunctionConfiguration& configuration,
                    const UpdateFunctionConfigurationInput& settings) {
  const auto copy = [](auto& to, const auto& from) {
    if (from) to = from;
  };
  copy(configuration.Role, settings.Role);
  copy(configuration.Handler, settings.Handler);
  copy(configuration.Description, settings.Description);
  copy(configuration.Timeout, settings.Timeout);
  copy(configuration.MemorySize, settings.MemorySize);
  copy(configuration.Runtime, settings.Runtime);
  copy(configuration.KMSKeyArn, settings.KMSKeyArn);
  copy(configuration.EphemeralStorage, settings.EphemeralStorage);
  if (settings.TracingConfig) {
    configuration.TracingConfig.emplace().Mode = settings.TracingConfig->Mode;
  }
  if (settings.Environment) {
    const bool empty = !settings.Environment->Variables || settings.Environment->Variables->empty();
    configuration.Environment.reset();
    if (!empty) configuration.Environment.emplace().Variables = settings.Environment->Variables;
  }
}

void mark_changed(FunctionConfiguration& configuration, Timestamp now, sys::Random& random) {
  std::string time = iso8601_millis(now);
  time.back() = '+';  // AWS writes +0000 here, not Z
  configuration.LastModified = time + "0000";
  configuration.RevisionId = random.uuid();
}

Status check_architectures(const std::optional<std::vector<std::string>>& architectures,
                           const std::string& runtime) {
  if (!architectures) return ok();
  if (architectures->size() != 1) {
    return errors::InvalidParameterValueException(
        "Architectures must hold exactly one architecture");
  }
  if (runtime.rfind("provided", 0) == 0 && architectures->front() != kMachine) {
    return errors::InvalidParameterValueException("A function for " + architectures->front() +
                                                  " cannot run on this machine, which is " +
                                                  std::string(kMachine));
  }
  return ok();
}

Task<Result<StoredCode>> save_code(tidemill::Environment& environment, FunctionReference of,
                                   CodeSource source) {
  if (source.image) co_return not_there("container images");
  if (source.version) co_return not_there("S3ObjectVersion");
  std::string zip;
  if (source.zip) {
    if (source.bucket || source.key) {
      co_return errors::InvalidParameterValueException(
          "Please do not provide other FunctionCode parameters when providing a ZipFile.");
    }
    zip = std::move(source.zip->bytes);
    if (zip.size() > kZipBytesMax) {
      co_return errors::RequestTooLargeException(
          "Request must be smaller than 69905067 bytes for the CreateFunction operation");
    }
  } else if (source.bucket && source.key) {
    auto fetching = fetch_object(environment, *source.bucket, *source.key);
    Result<std::string> fetched = co_await std::move(fetching);
    if (!fetched) co_return std::move(fetched).error();
    zip = *std::move(fetched);
  } else {
    co_return errors::InvalidParameterValueException("Please provide a source for function code.");
  }
  CodeStore& store = environment.part<Functions>().code();
  auto work = [&store, of, zip = std::move(zip)] { return store.save(of, zip); };
  auto saving = environment.loop.blocking(std::move(work));
  co_return co_await std::move(saving);
}

Status check_revision(const std::optional<std::string>& expected,
                      const std::optional<std::string>& actual) {
  if (!expected || expected == actual) return ok();
  return errors::PreconditionFailedException(
      "The Revision Id provided does not match the latest Revision Id. Call the "
      "GetFunction/GetAlias API to retrieve the latest Revision Id");
}

}  // namespace tidemill::lambda
