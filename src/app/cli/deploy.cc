// `tidemill deploy [PIPELINE]`: what `aws cloudformation package` and `deploy` do, for a folder.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/command_list.h"
#include "app/cli/pipeline.h"
#include "app/cli/terminal.h"
#include "wire/json.h"

namespace tidemill::cli {
namespace {

struct Words {
  Session session;
  std::string place = "sales";
  std::vector<std::string> overrides;
  Deployment deployment;
};

int deploy(Words& words) {
  for (const std::string& one : words.overrides) {
    const size_t equal = one.find('=');
    if (equal == std::string::npos || equal == 0) {
      failure("--parameter-overrides takes Name=Value, not " + one);
      return kWrongWords;
    }
    words.deployment.parameters[one.substr(0, equal)] = one.substr(equal + 1);
  }
  auto pipeline = load_pipeline(words.place);
  if (!pipeline) return failure(pipeline.error());
  std::FILE* progress_out = words.session.is_json() ? stderr : stdout;
  auto outputs = deploy_pipeline(words.session, *pipeline, words.deployment,
                                 [progress_out](const std::string& line) {
                                   std::fprintf(progress_out, "%s\n", line.c_str());
                                 });
  if (!outputs) return failure(outputs.error());
  if (words.session.is_json()) {
    Document all = Document::object();
    for (const auto& [name, value] : *outputs) all.set(name, value);
    std::printf("%s\n", to_json(all).c_str());
    return kDone;
  }
  std::vector<Row> rows;
  for (const auto& [name, value] : *outputs) rows.push_back({name, value});
  std::printf("\n%s", table_text({"output", "value"}, rows).c_str());
  return kDone;
}

}  // namespace

void add_deploy(CLI::App& app, int& code) {
  auto words = std::make_shared<Words>();
  CLI::App* command =
      app.add_subcommand("deploy", "Deploys a pipeline folder through CloudFormation");
  command
      ->add_option("pipeline", words->place, "A folder with template.yaml, or a name in pipelines/")
      ->capture_default_str();
  command->add_option("--stack-name", words->deployment.stack_name, "Default: the folder's name");
  command->add_option("--s3-bucket", words->deployment.code_bucket,
                      "Bucket for the functions; made when it is not there");
  command->add_option("--parameter-overrides", words->overrides, "Name=Value ...");
  add_session_options(*command, words->session);
  command->callback([words, &code] { code = deploy(*words); });
}

}  // namespace tidemill::cli
