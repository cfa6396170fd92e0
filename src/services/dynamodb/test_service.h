// For tests: DynamoDB and its streams on a store in memory, under a clock that the test moves.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/call/environment.h"
#include "sys/real/files.h"
#include "sys/real/loop.h"
#include "sys/real/random.h"
#include "wire/json.h"

namespace tidemill::dynamodb {

std::vector<std::unique_ptr<Operation>> make_operations(Environment& environment);

class TestService : public ::testing::Test {
 protected:
  TestService() {
    kv::Options options;
    options.directory = "/test";  // a name within the memory
    options.in_memory = true;
    auto opened = kv::Store::open(options, loop_, files_);
    CHECK(opened.has_value());
    store_ = *std::move(opened);
    environment_ = std::make_unique<Environment>(Environment{
        loop_, clock_, random_, files_, processes_, *store_, operations_, http_, "", "http://x"});
    operations_.add("dynamodb", make_operations(*environment_));
  }

  // Runs `task` on the loop until it is done.
  template <class T>
  T run(Task<T> task) {
    std::optional<T> value;
    start(std::move(task), [&](T done) {
      value.emplace(std::move(done));
      loop_.stop();
    });
    if (!value) loop_.run();
    return *std::move(value);
  }

  Result<Document> call(std::string_view operation, std::string_view json,
                        std::string_view service = "dynamodb") {
    auto input = parse_json(json);
    CHECK(input.has_value());
    return run(operations_.call(service, operation, Caller{}, *std::move(input)));
  }
  // The answer as JSON, or the name and message of the error.
  std::string answer(std::string_view operation, std::string_view json,
                     std::string_view service = "dynamodb") {
    const auto result = call(operation, json, service);
    if (result) return to_json(*result);
    return std::string(result.error().name()) + ": " + result.error().message;
  }

  class OperationsByName : public Operations {
   public:
    void add(const std::string& service, std::vector<std::unique_ptr<Operation>> operations) {
      for (auto& operation : operations) {
        named_[service + "." + std::string(operation->model().name)] = std::move(operation);
      }
    }
    Operation* find(std::string_view service, std::string_view operation) override {
      const auto found = named_.find(std::string(service) + "." + std::string(operation));
      return found == named_.end() ? nullptr : found->second.get();
    }
    const std::vector<const ServiceModel*>& services() const override { return services_; }
    std::vector<const OperationModel*> operations() const override { return {}; }

   private:
    std::map<std::string, std::unique_ptr<Operation>> named_;
    std::vector<const ServiceModel*> services_;
  };
  class NoHttp : public HttpServer {
   public:
    Result<std::unique_ptr<HttpListener>> listen(const std::string&, uint16_t,
                                                 HttpService) override {
      return errors::Internal("no listening in this test");
    }
  };
  class NoProcesses : public sys::Processes {
   public:
    Result<std::unique_ptr<sys::Process>> spawn(const sys::ProcessSpec&,
                                                std::function<void(std::string_view)>) override {
      return errors::Internal("no processes in this test");
    }
  };

  sys::ManualClock clock_{Timestamp{1'700'000'000'000}};
  sys::RealLoop loop_{&clock_};
  sys::RealFiles files_;
  sys::RealRandom random_;
  NoProcesses processes_;
  NoHttp http_;
  OperationsByName operations_;
  std::unique_ptr<kv::Store> store_;
  std::unique_ptr<Environment> environment_;
};

}  // namespace tidemill::dynamodb
