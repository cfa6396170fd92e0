#include "shapes/athena/CreateWorkGroup.h"

#include "services/athena/work_groups.h"

namespace tidemill::athena {

Result<CreateWorkGroupOutput> CreateWorkGroup(Command& command, CreateWorkGroupInput input) {
  if (find_work_group(command.tx, command.scope(), input.Name)) {
    return errors::InvalidRequestException("WorkGroup is already created");
  }
  WorkGroup group;
  group.Name = input.Name;
  group.State = "ENABLED";
  group.Description = input.Description;
  group.CreationTime = command.now;
  group.Configuration = input.Configuration;
  if (!group.Configuration) group.Configuration.emplace();
  WorkGroupConfiguration& configuration = *group.Configuration;
  if (!configuration.ResultConfiguration) configuration.ResultConfiguration.emplace();
  if (!configuration.EnforceWorkGroupConfiguration) {
    configuration.EnforceWorkGroupConfiguration = true;
  }
  if (!configuration.PublishCloudWatchMetricsEnabled) {
    configuration.PublishCloudWatchMetricsEnabled = false;
  }
  if (!configuration.RequesterPaysEnabled) configuration.RequesterPaysEnabled = false;
  if (!configuration.EngineVersion) configuration.EngineVersion.emplace();
  if (!configuration.EngineVersion->SelectedEngineVersion) {
    configuration.EngineVersion->SelectedEngineVersion = "AUTO";
  }
  configuration.EngineVersion->EffectiveEngineVersion = "Athena engine version 3";
  put_work_group(command.tx, command.scope(), group);
  Tags tags;
  if (input.Tags) {
    for (const Tag& tag : *input.Tags) tags[tag.Key.value_or("")] = tag.Value.value_or("");
  }
  put_tags(command.tx, work_group_arn(command.scope(), group.Name), tags);
  return CreateWorkGroupOutput{};
}

OPERATION(CreateWorkGroup);

}  // namespace tidemill::athena
