// A pipeline folder: template.yaml, the archives of its functions, and pipeline.json, which says
// how they belong together:
//
//   {"archives": {"GeneratorKey": "generate_mock_data.zip"},  parameter -> file
//    "code_bucket_parameter": "CodeBucket",
//    "demo": {...}}                                           see demo.cc
#pragma once

#include <map>
#include <string>

#include "app/cli/session.h"
#include "app/cli/stacks.h"
#include "wire/document.h"

namespace tidemill::cli {

struct Pipeline {
  std::string name;  // of the folder; the stack's too
  std::string directory;
  std::string template_body;
  std::string code_bucket_parameter;
  std::map<std::string, std::string> archives;  // parameter -> path
  Document demo;
};

// `place` is a folder, or the name of one in pipelines/ beside the program's own build folder.
Result<Pipeline> load_pipeline(const std::string& place);

struct Deployment {
  std::string stack_name;
  std::string code_bucket;  // empty: tidemill-code-<account>-<region>
  std::map<std::string, std::string> parameters;
};

// Uploads the archives under names that change with their bytes, then deploys the stack.
Result<StackOutputs> deploy_pipeline(const Session& session, const Pipeline& pipeline,
                                     const Deployment& deployment, const Progress& progress);

// The folder that holds the program.
std::string program_directory();

}  // namespace tidemill::cli
