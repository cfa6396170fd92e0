#include "app/server/wiring.h"

#include "flow/athena/query_worker.h"
#include "flow/cloudformation/cloudformation.h"
#include "flow/dynamodb/expiry.h"
#include "flow/events/events.h"
#include "flow/events/schedules.h"
#include "flow/firehose/firehose.h"
#include "flow/firehose/invoke.h"
#include "flow/glue/crawler.h"
#include "flow/hop_state.h"
#include "flow/kinesis/retention.h"
#include "flow/lambda/event_invocations.h"
#include "flow/logs/retention.h"
#include "flow/pipes/worker.h"
#include "services/lambda/functions.h"
#include "storage/columnar/engine.h"
#include "storage/objects/objects.h"

namespace tidemill {

// What services own and workers use; then the workers, which may ask the environment for it.
struct Wiring::Parts {
  explicit Parts(Environment& environment)
      : objects(environment.store, environment.loop, environment.files,
                environment.directory + "/objects"),
        functions(environment) {}

  objects::Objects objects;
  lambda::Functions functions;
  std::unique_ptr<columnar::Engine> engine;
};

struct Wiring::Workers {
  explicit Workers(Environment& environment)
      : deliveries(environment, environment.part<flow::HopStates>(),
                   flow::firehose::lambda_invoker(environment)),
        event_invocations(environment),
        crawlers(environment),
        queries(environment),
        pipes(environment),
        events(environment),
        schedules(environment),
        cloudformation(environment),
        dynamodb_expiry(environment),
        kinesis_retention(environment),
        log_retention(environment) {}

  void start() {
    deliveries.start();
    event_invocations.start();
    crawlers.start();
    queries.start();
    pipes.start();
    events.start();
    schedules.start();
    cloudformation.start();
    dynamodb_expiry.start();
    kinesis_retention.start();
    log_retention.start();
  }

  flow::firehose::DeliveryStreams deliveries;
  flow::EventInvocations event_invocations;
  glue::CrawlerWorker crawlers;
  flow::athena::QueryWorker queries;
  flow::Pipes pipes;
  flow::Events events;
  flow::Schedules schedules;
  flow::CloudFormation cloudformation;
  flow::DynamodbExpiry dynamodb_expiry;
  flow::kinesis::Retention kinesis_retention;
  flow::LogRetention log_retention;
};

Wiring::Wiring(std::unique_ptr<Parts> parts, std::unique_ptr<Workers> workers)
    : parts_(std::move(parts)), workers_(std::move(workers)) {}
Wiring::~Wiring() = default;

Result<std::unique_ptr<Wiring>> Wiring::make(Environment& environment) {
  auto parts = std::make_unique<Parts>(environment);
  RETURN_IF_ERROR(parts->objects.recover());
  auto engine = columnar::Engine::open({.temporary_directory = environment.directory + "/sql"});
  if (!engine) return std::move(engine).error();
  parts->engine = *std::move(engine);
  environment.add_part(parts->objects);
  environment.add_part(parts->functions);
  environment.add_part(*parts->engine);
  auto workers = std::make_unique<Workers>(environment);
  return std::unique_ptr<Wiring>(new Wiring(std::move(parts), std::move(workers)));
}

void Wiring::start() {
  parts_->objects.start();
  workers_->start();
}

}  // namespace tidemill
