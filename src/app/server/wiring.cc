#include "app/server/wiring.h"

#include <optional>

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

struct Wiring::Parts {
  explicit Parts(Environment& environment)
      : objects(environment.store, environment.loop, environment.files,
                environment.directory + "/objects"),
        functions(environment),
        deliveries(environment, environment.part<flow::HopStates>(),
                   flow::firehose::lambda_invoker(environment)),
        retention(environment),
        log_retention(environment),
        crawlers(environment),
        dynamodb_expiry(environment),
        queries(environment),
        pipes(environment),
        events(environment),
        schedules(environment),
        cloudformation(environment) {}

  objects::Objects objects;
  std::unique_ptr<columnar::Engine> engine;
  lambda::Functions functions;
  flow::firehose::DeliveryStreams deliveries;
  flow::kinesis::Retention retention;
  flow::LogRetention log_retention;
  std::optional<flow::EventInvocations> event_invocations;
  glue::CrawlerWorker crawlers;
  flow::DynamodbExpiry dynamodb_expiry;
  flow::athena::QueryWorker queries;
  flow::Pipes pipes;
  flow::Events events;
  flow::Schedules schedules;
  flow::CloudFormation cloudformation;
};

Wiring::Wiring(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Wiring::~Wiring() = default;

Result<std::unique_ptr<Wiring>> Wiring::make(Environment& environment) {
  auto parts = std::make_unique<Parts>(environment);
  RETURN_IF_ERROR(parts->objects.recover());
  environment.add_part(parts->objects);
  auto engine = columnar::Engine::open({.temporary_directory = environment.directory + "/sql"});
  if (!engine) return std::move(engine).error();
  parts->engine = *std::move(engine);
  environment.add_part(*parts->engine);
  environment.add_part(parts->functions);
  parts->event_invocations.emplace(environment);
  return std::unique_ptr<Wiring>(new Wiring(std::move(parts)));
}

void Wiring::start() {
  parts_->objects.start();
  parts_->deliveries.start();
  parts_->retention.start();
  parts_->event_invocations->start();
  parts_->log_retention.start();
  parts_->crawlers.start();
  parts_->dynamodb_expiry.start();
  parts_->queries.start();
  parts_->pipes.start();
  parts_->events.start();
  parts_->schedules.start();
  parts_->cloudformation.start();
}

}  // namespace tidemill
