// `tidemill clock`: reads the clock of a Tidemill, and moves it when it runs by hand.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/aws/connection.h"
#include "app/cli/command_list.h"
#include "app/cli/session.h"
#include "wire/json.h"

namespace tidemill::cli {
namespace {

struct Words {
  Session session;
  double advance_seconds = 0;
  std::string time;
};

int clock(const Words& words) {
  aws::ClientRequest request;
  request.method = "GET";
  request.target = "/_tidemill/clock";
  Document move = Document::object();
  if (words.advance_seconds > 0) move.set("advance_seconds", words.advance_seconds);
  if (!words.time.empty()) move.set("time", words.time);
  if (!move.as_object().empty()) {
    request.method = "POST";
    request.body = to_json(move);
  }
  aws::Connection connection(words.session.endpoint_url);
  auto response = connection.exchange(request);
  if (!response) {
    return failure("nothing answers on " + words.session.endpoint_url +
                   ": start it with tidemill serve, or give --endpoint-url");
  }
  auto page = parse_json(response->body);
  if (!page) return failure(words.session.endpoint_url + " is not Tidemill");
  if (response->status != 200) return failure(std::string(page->text("error")));
  if (words.session.is_json()) {
    std::printf("%s\n", to_json(*page).c_str());
    return kDone;
  }
  const Document* manual = page->find("manual");
  const bool by_hand = manual && manual->if_bool() && *manual->if_bool();
  std::printf("%s%s\n", std::string(page->text("time")).c_str(), by_hand ? " (by hand)" : "");
  return kDone;
}

}  // namespace

void add_clock(CLI::App& app, int& code) {
  auto words = std::make_shared<Words>();
  CLI::App* command =
      app.add_subcommand("clock", "Reads the clock; moves it under serve --clock manual");
  auto* advance = command->add_option("--advance", words->advance_seconds, "Seconds to go forward")
                      ->check(CLI::PositiveNumber);
  command->add_option("--to", words->time, "A time not in the past, ISO 8601")->excludes(advance);
  add_session_options(*command, words->session);
  command->callback([words, &code] { code = clock(*words); });
}

}  // namespace tidemill::cli
