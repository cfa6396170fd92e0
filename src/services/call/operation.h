// How an operation is written. One file per operation, services/<service>/<Operation>.cc, with one
// function of that name whose first parameter says what it is:
//
//   Result<PutRecordOutput> PutRecord(Command& command, PutRecordInput input);
//       changes state: runs as one command of the store; its answer leaves when it is durable
//   Result<ListShardsOutput> ListShards(const Query& query, ListShardsInput input);
//       only reads durable state
//   Task<Result<InvokeOutput>> Invoke(Call& call, InvokeInput input);
//       anything that waits; `call` lives as long as the task
//
// and at the end of the file, inside the service's namespace,  OPERATION(PutRecord);
#pragma once

#include "services/call/environment.h"

namespace tidemill {

// A command in progress: checks against `tx` (the newest state) and writes to it. All or nothing:
// when an Error is returned nothing is written.
struct Command {
  Environment& environment;
  const Caller& caller;
  kv::Transaction& tx;
  Timestamp now;

  const Scope& scope() const { return caller.scope; }
  sys::Random& random() const { return environment.random; }
};

struct Query {
  Environment& environment;
  const Caller& caller;
  const kv::View& view;  // durable state
  Timestamp now;

  const Scope& scope() const { return caller.scope; }
};

struct Call {
  Environment& environment;
  Caller caller;
  std::unique_ptr<ByteSource> body{};    // of a streaming input
  std::unique_ptr<ByteSource> stream{};  // set it for a streaming output
  int status = 0;                        // HTTP status in place of the model's; 0: the model's

  const Scope& scope() const { return caller.scope; }
  Timestamp now() const { return environment.clock.now(); }
};

// ---- what OPERATION needs

namespace call_detail {

template <class In, class Out>
class OperationOf : public Operation {
 public:
  OperationOf(Environment& environment, const OperationModel& model)
      : environment_(environment), model_(model) {}
  const OperationModel& model() const override { return model_; }

 protected:
  using Answer = Result<std::unique_ptr<Output>>;
  static Answer answer(Result<Out> out) {
    if (!out) return std::move(out).error();
    return std::unique_ptr<Output>(std::make_unique<OutputOf<Out>>(*std::move(out)));
  }
  Environment& environment_;
  const OperationModel& model_;
};

template <class In, class Out>
class CommandOperation : public OperationOf<In, Out> {
 public:
  using Function = Result<Out> (*)(Command&, In);
  CommandOperation(Environment& environment, const OperationModel& model, Function function)
      : OperationOf<In, Out>(environment, model), function_(function) {}
  Task<Result<std::unique_ptr<Output>>> run(Request request) override {
    auto act = [this, &request](kv::Transaction& tx) -> Result<Out> {
      Command command{this->environment_, request.caller, tx, this->environment_.clock.now()};
      return function_(command, from_document<In>(std::move(request.input)));
    };
    auto committed = this->environment_.store.command(std::move(act));
    Result<Out> out = co_await std::move(committed);
    co_return this->answer(std::move(out));
  }

 private:
  Function function_;
};

template <class In, class Out>
class QueryOperation : public OperationOf<In, Out> {
 public:
  using Function = Result<Out> (*)(const Query&, In);
  QueryOperation(Environment& environment, const OperationModel& model, Function function)
      : OperationOf<In, Out>(environment, model), function_(function) {}
  Task<Result<std::unique_ptr<Output>>> run(Request request) override {
    const auto view = this->environment_.store.published();
    const Query query{this->environment_, request.caller, *view, this->environment_.clock.now()};
    co_return this->answer(function_(query, from_document<In>(std::move(request.input))));
  }

 private:
  Function function_;
};

template <class In, class Out>
class CallOperation : public OperationOf<In, Out> {
 public:
  using Function = Task<Result<Out>> (*)(Call&, In);
  CallOperation(Environment& environment, const OperationModel& model, Function function)
      : OperationOf<In, Out>(environment, model), function_(function) {}
  Task<Result<std::unique_ptr<Output>>> run(Request request) override {
    Call call{this->environment_, std::move(request.caller), std::move(request.body)};
    auto acting = function_(call, from_document<In>(std::move(request.input)));
    Result<Out> out = co_await std::move(acting);
    auto result = this->answer(std::move(out));
    if (result) {
      (*result)->stream = std::move(call.stream);
      (*result)->status = call.status;
    }
    co_return std::move(result);
  }

 private:
  Function function_;
};

template <class In, class Out>
std::unique_ptr<Operation> make(Environment& environment, const OperationModel& model,
                                Result<Out> (*function)(Command&, In)) {
  return std::make_unique<CommandOperation<In, Out>>(environment, model, function);
}
template <class In, class Out>
std::unique_ptr<Operation> make(Environment& environment, const OperationModel& model,
                                Result<Out> (*function)(const Query&, In)) {
  return std::make_unique<QueryOperation<In, Out>>(environment, model, function);
}
template <class In, class Out>
std::unique_ptr<Operation> make(Environment& environment, const OperationModel& model,
                                Task<Result<Out>> (*function)(Call&, In)) {
  return std::make_unique<CallOperation<In, Out>>(environment, model, function);
}

}  // namespace call_detail
}  // namespace tidemill

// Gives the operation to the generated table of its service (shapes/<service>/operations.cc).
#define OPERATION(name)                                                                         \
  std::unique_ptr<::tidemill::Operation> make_##name(::tidemill::Environment& environment,      \
                                                     const ::tidemill::OperationModel& model) { \
    return ::tidemill::call_detail::make(environment, model, &name);                            \
  }                                                                                             \
  static_assert(true)
