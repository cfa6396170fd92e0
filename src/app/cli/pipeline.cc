#include "app/cli/pipeline.h"

#include <unistd.h>

#include <array>

#include "app/cli/lake_objects.h"
#include "app/cli/xml_text.h"
#include "door/sigv4/digest.h"
#include "sys/real/files.h"
#include "wire/json.h"

namespace tidemill::cli {
namespace {

constexpr size_t kNameDigits = 16;  // of the hash in an archive's key

std::string parent_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

std::string last_name_of(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path.substr(path.rfind('/') + 1);
}

// Beside the template, or where the build leaves them.
Result<std::string> find_archive(const Pipeline& pipeline, const std::string& file) {
  sys::RealFiles files;
  const std::array<std::string, 2> places = {
      pipeline.directory + "/" + file,
      program_directory() + "/pipelines/" + pipeline.name + "/" + file};
  for (const std::string& place : places) {
    if (files.exists(place)) return place;
  }
  return failed("the archive " + file + " of pipeline " + pipeline.name +
                " is not built: run ./run build (looked for " + places[1] + ")");
}

Status read_description(Pipeline& pipeline) {
  sys::RealFiles files;
  const std::string path = pipeline.directory + "/pipeline.json";
  if (!files.exists(path)) return ok();
  auto text = file_text(path);
  if (!text) return std::move(text).error();
  auto description = parse_json(*text);
  if (!description) return failed(path + ": " + description.error().message);
  pipeline.code_bucket_parameter = description->text("code_bucket_parameter");
  if (const Document* demo = description->find("demo")) pipeline.demo = *demo;
  const Document* archives = description->find("archives");
  if (!archives || !archives->is_object()) return ok();
  for (const auto& [parameter, file] : archives->as_object()) {
    if (!file.is_string()) return failed(path + ": archives names files");
    auto found = find_archive(pipeline, file.as_string());
    if (!found) return std::move(found).error();
    pipeline.archives[parameter] = *found;
  }
  return ok();
}

Result<std::string> account_of(aws::Client& client) {
  auto answer = client.call_query("sts", "2011-06-15", "GetCallerIdentity", {});
  if (!answer) return std::move(answer).error();
  return Xml::text(*answer, "Account");
}

Status upload_archives(aws::Client& client, const Session& session, const Pipeline& pipeline,
                       std::string bucket, StackRequest& request, const Progress& progress) {
  if (pipeline.archives.empty()) return ok();
  if (bucket.empty()) {
    auto account = account_of(client);
    if (!account) return std::move(account).error();
    bucket = "tidemill-code-" + *account + "-" + session.region;
  }
  RETURN_IF_ERROR(create_bucket(client, bucket, session.region));
  for (const auto& [parameter, path] : pipeline.archives) {
    auto bytes = file_text(path);
    if (!bytes) return std::move(bytes).error();
    const std::string key = pipeline.name + "/" + sigv4::sha256_hex(*bytes).substr(0, kNameDigits) +
                            "-" + last_name_of(path);
    progress("upload s3://" + bucket + "/" + key + " (" + std::to_string(bytes->size() / 1024) +
             " KiB)");
    RETURN_IF_ERROR(put_object(client, bucket, key, *std::move(bytes)));
    request.parameters[parameter] = key;
  }
  request.parameters[pipeline.code_bucket_parameter] = bucket;
  return ok();
}

}  // namespace

std::string program_directory() {
  std::array<char, 4096> path{};
  const ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size() - 1);
  return length <= 0 ? "." : parent_of(std::string(path.data(), static_cast<size_t>(length)));
}

Result<Pipeline> load_pipeline(const std::string& place) {
  sys::RealFiles files;
  Pipeline pipeline;
  pipeline.directory = place;
  if (!files.exists(place + "/template.yaml")) {
    pipeline.directory = parent_of(program_directory()) + "/pipelines/" + place;
  }
  pipeline.name = last_name_of(place);
  if (!files.exists(pipeline.directory + "/template.yaml")) {
    return failed("no template.yaml in " + place + " nor in " + pipeline.directory +
                  ": give the folder of a pipeline");
  }
  auto body = file_text(pipeline.directory + "/template.yaml");
  if (!body) return std::move(body).error();
  pipeline.template_body = *std::move(body);
  RETURN_IF_ERROR(read_description(pipeline));
  return pipeline;
}

Result<StackOutputs> deploy_pipeline(const Session& session, const Pipeline& pipeline,
                                     const Deployment& deployment, const Progress& progress) {
  aws::Client client = session.client();
  StackRequest request{deployment.stack_name.empty() ? pipeline.name : deployment.stack_name,
                       pipeline.template_body, deployment.parameters};
  RETURN_IF_ERROR(
      upload_archives(client, session, pipeline, deployment.code_bucket, request, progress));
  return deploy_stack(client, request, progress);
}

}  // namespace tidemill::cli
