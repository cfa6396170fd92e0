// A jq program (libjq 1.6, the version AWS names JQ-1.6), compiled once and run on many inputs.
// libjq ends here. A program and its runs belong to one thread at a time.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "wire/result.h"

namespace tidemill::firehose {

inline constexpr size_t kJqInputBytesMax = 10 << 20;

class JqProgram {
 public:
  // InvalidArgumentException with jq's words when it does not compile. Programs cannot read files,
  // the environment or further input.
  static Result<JqProgram> compile(const std::string& program);

  JqProgram(JqProgram&&) noexcept;
  JqProgram& operator=(JqProgram&&) noexcept;
  ~JqProgram();

  // Runs it on one JSON text and answers the members of the first object it makes: strings as they
  // are, numbers and booleans as text. InvalidArgumentException: the input is not JSON, the program
  // fails, makes nothing, or makes what is not an object of such members.
  Result<std::map<std::string, std::string>> keys_of(std::string_view json);

 private:
  struct State;
  explicit JqProgram(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace tidemill::firehose
