// What every command shares: which endpoint it talks to, as whom, and how it answers.
#pragma once

#include <map>
#include <string>

#include "app/aws/client.h"
#include "wire/document.h"
#include "wire/result.h"

namespace CLI {
class App;
}

namespace tidemill::cli {

inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kWrongWords = 2;

struct Session {
  std::string endpoint_url;  // "aws": AWS's own endpoints
  std::string region;
  std::string output = "table";  // or "json"

  bool is_json() const { return output == "json"; }
  // A client of its own connections: one per thread.
  aws::Client client() const;
};

// --endpoint-url, --region and --output; AWS_ENDPOINT_URL, AWS_REGION and AWS_DEFAULT_REGION are
// the defaults, then http://127.0.0.1:4566 and us-east-1.
void add_session_options(CLI::App& command, Session& session);

// One awsJson exchange: the answer as a Document. An empty answer is an empty object.
Result<Document> call(aws::Client& client, const std::string& service, const std::string& target,
                      const Document& input, std::string_view version = "1.1");

// Prints "tidemill: <what>" on stderr; answers kFailed.
int failure(const Error& error);
int failure(const std::string& what);
Error failed(const std::string& what);  // an error of ours whose message is for people

// The whole file. InputOutput when it cannot be read or is larger than kFileBytesMax.
Result<std::string> file_text(const std::string& path);
inline constexpr uint64_t kFileBytesMax = 1ULL << 30;

Timestamp now();
int64_t monotonic_ms();
void pause_ms(int64_t milliseconds);

}  // namespace tidemill::cli
