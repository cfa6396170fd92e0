#include "shapes/glue/UpdateCrawler.h"

#include "services/glue/crawlers.h"

namespace tidemill::glue {

namespace {

// A member that was given takes the place of what was there.
struct Overlay {
  Document& into;
  void take(const Document& from) const {
    for (const auto& [name, value] : from.as_object()) {
      if (name != "Schedule") into.set(name, value);
    }
  }
};

}  // namespace

Result<UpdateCrawlerOutput> UpdateCrawler(Command& command, UpdateCrawlerInput input) {
  auto crawler = require_crawler(command.tx, command.scope(), input.Name);
  if (!crawler) return std::move(crawler).error();
  if (!crawler->is_ready()) {
    return errors::CrawlerRunningException("Crawler with name " + input.Name + " is running");
  }
  const auto schedule = crawler->definition.Schedule;
  Document document = to_document(crawler->definition);
  Overlay{document}.take(to_document(input));
  crawler->definition = from_document<Crawler>(std::move(document));
  crawler->definition.Schedule = schedule;
  if (input.Schedule) {
    RETURN_IF_ERROR(set_schedule(crawler->definition, *input.Schedule));
    crawler->scheduled = command.now;
  }
  RETURN_IF_ERROR(complete_definition(command.tx, command.scope(), crawler->definition));
  crawler->definition.LastUpdated = command.now;
  crawler->definition.Version = crawler->definition.Version.value_or(1) + 1;
  put_crawler(command.tx, command.scope(), *crawler);
  return UpdateCrawlerOutput{};
}

OPERATION(UpdateCrawler);

}  // namespace tidemill::glue
