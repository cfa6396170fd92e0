#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Document input_of(const ResourceCall& call) {
  Document input = call.without({"Name", "Schedule"});
  input.set("Name", call.physical_id);
  const Document* schedule = call.properties.find("Schedule");
  if (schedule) input.set("Schedule", schedule->text("ScheduleExpression"));
  return input;
}

Task<Result<std::string>> create(ResourceCall& call) {
  return make(call, "glue", "CreateCrawler", input_of(call));
}

Task<Status> update(ResourceCall& call) {
  Document input = input_of(call);
  std::erase_if(input.as_object(),
                [](const Document::Member& member) { return member.first == "Tags"; });
  return act(call, "glue", "UpdateCrawler", std::move(input));
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "glue", "DeleteCrawler", object_of("Name", call.physical_id));
}

}  // namespace

ResourceType AWS_Glue_Crawler() {
  return {.name = "AWS::Glue::Crawler",
          .properties = {"Name", "Role", "DatabaseName", "Targets", "Schedule", "Classifiers",
                         "TablePrefix", "SchemaChangePolicy", "RecrawlPolicy", "Configuration",
                         "Description", "CrawlerSecurityConfiguration",
                         "LakeFormationConfiguration", "Tags"},
          .replacing = {"Name"},
          .name_property = "Name",
          .create = create,
          .read = as_chosen,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
