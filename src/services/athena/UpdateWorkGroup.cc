#include "shapes/athena/UpdateWorkGroup.h"

#include "services/athena/work_groups.h"

namespace tidemill::athena {

namespace {

void update_results(WorkGroupConfiguration& configuration,
                    const ResultConfigurationUpdates& updates) {
  if (!configuration.ResultConfiguration) configuration.ResultConfiguration.emplace();
  ResultConfiguration& results = *configuration.ResultConfiguration;
  if (updates.OutputLocation) results.OutputLocation = updates.OutputLocation;
  if (updates.RemoveOutputLocation.value_or(false)) results.OutputLocation.reset();
  if (updates.EncryptionConfiguration) {
    results.EncryptionConfiguration = updates.EncryptionConfiguration;
  }
  if (updates.RemoveEncryptionConfiguration.value_or(false)) {
    results.EncryptionConfiguration.reset();
  }
  if (updates.ExpectedBucketOwner) results.ExpectedBucketOwner = updates.ExpectedBucketOwner;
  if (updates.RemoveExpectedBucketOwner.value_or(false)) results.ExpectedBucketOwner.reset();
  if (updates.AclConfiguration) results.AclConfiguration = updates.AclConfiguration;
  if (updates.RemoveAclConfiguration.value_or(false)) results.AclConfiguration.reset();
}

}  // namespace

Result<UpdateWorkGroupOutput> UpdateWorkGroup(Command& command, UpdateWorkGroupInput input) {
  auto group = require_work_group(command.tx, command.scope(), input.WorkGroup);
  if (!group) return std::move(group).error();
  if (input.Description) group->Description = input.Description;
  if (input.State) group->State = input.State;
  if (!group->Configuration) group->Configuration.emplace();
  if (input.ConfigurationUpdates) {
    const WorkGroupConfigurationUpdates& updates = *input.ConfigurationUpdates;
    WorkGroupConfiguration& configuration = *group->Configuration;
    if (updates.EnforceWorkGroupConfiguration) {
      configuration.EnforceWorkGroupConfiguration = updates.EnforceWorkGroupConfiguration;
    }
    if (updates.ResultConfigurationUpdates) {
      update_results(configuration, *updates.ResultConfigurationUpdates);
    }
    if (updates.PublishCloudWatchMetricsEnabled) {
      configuration.PublishCloudWatchMetricsEnabled = updates.PublishCloudWatchMetricsEnabled;
    }
    if (updates.BytesScannedCutoffPerQuery) {
      configuration.BytesScannedCutoffPerQuery = updates.BytesScannedCutoffPerQuery;
    }
    if (updates.RemoveBytesScannedCutoffPerQuery.value_or(false)) {
      configuration.BytesScannedCutoffPerQuery.reset();
    }
    if (updates.RequesterPaysEnabled) {
      configuration.RequesterPaysEnabled = updates.RequesterPaysEnabled;
    }
  }
  put_work_group(command.tx, command.scope(), *group);
  return UpdateWorkGroupOutput{};
}

OPERATION(UpdateWorkGroup);

}  // namespace tidemill::athena
