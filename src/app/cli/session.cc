#include "app/cli/session.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "sys/real/clocks.h"
#include "sys/real/files.h"
#include "wire/json.h"

namespace tidemill::cli {
namespace {

constexpr const char* kLocalEndpoint = "http://127.0.0.1:4566";

}  // namespace

aws::Client Session::client() const {
  const std::string endpoint = endpoint_url == "aws" ? "" : endpoint_url;
  return aws::Client({endpoint, region, aws::credentials_from_environment(), &now});
}

void add_session_options(CLI::App& command, Session& session) {
  session.endpoint_url = aws::endpoint_from_environment();
  if (session.endpoint_url.empty()) session.endpoint_url = kLocalEndpoint;
  session.region = aws::region_from_environment();
  command
      .add_option("--endpoint-url", session.endpoint_url,
                  "Where the APIs are (AWS_ENDPOINT_URL); \"aws\" for AWS itself")
      ->capture_default_str();
  command.add_option("--region", session.region, "Region (AWS_REGION, AWS_DEFAULT_REGION)")
      ->capture_default_str();
  command.add_option("--output", session.output, "table for people, json for programs")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
}

Result<Document> call(aws::Client& client, const std::string& service, const std::string& target,
                      const Document& input, std::string_view version) {
  auto answer = client.call_json(service, target, to_json(input), version);
  if (!answer) return std::move(answer).error();
  if (answer->empty()) return Document::object();
  return parse_json(*answer);
}

int failure(const std::string& what) {
  std::fprintf(stderr, "tidemill: %s\n", what.c_str());
  return kFailed;
}

int failure(const Error& error) { return failure(error.message); }

Error failed(const std::string& what) { return errors::InputOutput(what); }

Result<std::string> file_text(const std::string& path) {
  sys::RealFiles files;
  auto file = files.open(path);
  if (!file) return failed("cannot read " + path + ": " + file.error().message);
  if ((*file)->size() > kFileBytesMax) return failed(path + " is larger than 1 GiB");
  return (*file)->read(0, static_cast<size_t>((*file)->size()));
}

Timestamp now() { return sys::RealClock().now(); }

int64_t monotonic_ms() { return sys::RealClock().monotonic_ns() / 1'000'000; }

void pause_ms(int64_t milliseconds) { ::usleep(static_cast<useconds_t>(milliseconds * 1000)); }

}  // namespace tidemill::cli
