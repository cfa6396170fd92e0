// The settings of a function that CreateFunction and UpdateFunctionConfiguration share, and the
// code that CreateFunction and UpdateFunctionCode take.
#pragma once

#include <optional>
#include <string>

#include "services/call/operation.h"
#include "services/lambda/code.h"
#include "services/lambda/function_records.h"
#include "shapes/lambda/UpdateFunctionConfiguration.h"

namespace tidemill::lambda {

inline constexpr int32_t kTimeoutSecondsMax = 900;
inline constexpr size_t kVariablesBytesMax = 4096;

// Refuses what AWS refuses (InvalidParameterValueException, ValidationException) and what Tidemill
// does not do (NotImplemented: layers, file systems, images, VPC, SnapStart).
Status check_settings(sys::Files& files, const UpdateFunctionConfigurationInput& settings);
// Settings that are absent stay as they are.
void apply_settings(FunctionConfiguration& configuration,
                    const UpdateFunctionConfigurationInput& settings);
// Renews LastModified and RevisionId.
void mark_changed(FunctionConfiguration& configuration, Timestamp now, sys::Random& random);

Status check_architectures(const std::optional<std::vector<std::string>>& architectures,
                           const std::string& runtime);

// Where the code of a request comes from.
struct CodeSource {
  std::optional<Blob> zip;
  std::optional<std::string> bucket;
  std::optional<std::string> key;
  std::optional<std::string> version;  // S3ObjectVersion
  std::optional<std::string> image;
};
// Fetches the zip, checks it, and makes it durable under `of`.
Task<Result<StoredCode>> save_code(tidemill::Environment& environment, FunctionReference of,
                                   CodeSource source);

// PreconditionFailedException when the caller saw another revision.
Status check_revision(const std::optional<std::string>& expected,
                      const std::optional<std::string>& actual);

}  // namespace tidemill::lambda
