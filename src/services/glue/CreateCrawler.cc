#include "shapes/glue/CreateCrawler.h"

#include "services/glue/crawlers.h"
#include "services/glue/tags.h"

namespace tidemill::glue {

Result<CreateCrawlerOutput> CreateCrawler(Command& command, CreateCrawlerInput input) {
  if (find_crawler(command.tx, command.scope(), input.Name)) {
    return errors::AlreadyExistsException("Crawler with name " + input.Name + " already exists");
  }
  StoredCrawler crawler;
  Document document = to_document(input);
  document.set("Schedule", Document());  // text here, a structure there
  crawler.definition = from_document<Crawler>(std::move(document));
  RETURN_IF_ERROR(set_schedule(crawler.definition, input.Schedule.value_or("")));
  RETURN_IF_ERROR(complete_definition(command.tx, command.scope(), crawler.definition));
  crawler.definition.State = kReady;
  crawler.definition.CreationTime = command.now;
  crawler.definition.LastUpdated = command.now;
  crawler.definition.Version = 1;
  crawler.scheduled = command.now;
  put_crawler(command.tx, command.scope(), crawler);
  if (input.Tags) {
    put_tags(command.tx, command.scope(),
             make_arn("glue", command.scope(), "crawler/" + input.Name), *input.Tags);
  }
  return CreateCrawlerOutput{};
}

OPERATION(CreateCrawler);

}  // namespace tidemill::glue
