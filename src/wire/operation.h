// Operation: one AWS operation as the door and other services see it. The table of all of them is
// built from the capital-letter files in services/.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "wire/caller.h"
#include "wire/document.h"
#include "wire/encoder.h"
#include "wire/http.h"
#include "wire/result.h"
#include "wire/shape.h"
#include "wire/task.h"

namespace tidemill {

// One request of one caller. `body` is the stream of an operation whose input has a streaming
// member (s3.PutObject); null otherwise.
struct Request {
  Caller caller;
  Document input;  // by AWS's member names, validated against the model
  std::unique_ptr<ByteSource> body{};
};

// What an operation answers: something that can tell itself to an Encoder, and the stream of an
// output with a streaming member (s3.GetObject).
class Output {
 public:
  virtual ~Output() = default;
  virtual void write(Encoder& out) const = 0;
  std::unique_ptr<ByteSource> stream;
  int status = 0;  // HTTP status in place of the model's (206 of s3.GetObject); 0: the model's
};

template <class T>
class OutputOf : public Output {
 public:
  explicit OutputOf(T value) : value_(std::move(value)) {}
  void write(Encoder& out) const override { encode(out, value_); }

 private:
  T value_;
};

class Operation {
 public:
  virtual ~Operation() = default;
  virtual const OperationModel& model() const = 0;
  virtual Task<Result<std::unique_ptr<Output>>> run(Request request) = 0;
};

// All operations of the program, and the services they belong to. Built once by `app`.
class Operations {
 public:
  virtual ~Operations() = default;
  // nullptr when Tidemill does not have it.
  virtual Operation* find(std::string_view service, std::string_view operation) = 0;
  virtual const std::vector<const ServiceModel*>& services() const = 0;
  virtual std::vector<const OperationModel*> operations() const = 0;

  // One service asks another at once, as that caller: the input is validated as the door would.
  Task<Result<Document>> call(std::string_view service, std::string_view operation, Caller caller,
                              Document input);
};

}  // namespace tidemill
