#include "shapes/events/ListEventBuses.h"

#include "services/call/operation.h"
#include "services/events/paging.h"

namespace tidemill::events {

Result<ListEventBusesOutput> ListEventBuses(const Query& query, ListEventBusesInput input) {
  const Result<std::string> after = start_after(input.NextToken);
  if (!after) return after.error();
  ListEventBusesOutput output;
  auto& buses = output.EventBuses.emplace();
  for (const BusDefinition& bus : buses_of(query.view, query.scope())) {
    if (bus.Name <= *after || !bus.Name.starts_with(input.NamePrefix.value_or(""))) continue;
    if (buses.size() == page_size(input.Limit)) {
      output.NextToken = next_token(*buses.back().Name);
      break;
    }
    EventBus& shown = buses.emplace_back();
    shown.Name = bus.Name;
    shown.Arn = bus_arn(query.scope(), bus.Name);
    if (!bus.Policy.empty()) shown.Policy = bus.Policy;
  }
  return output;
}

OPERATION(ListEventBuses);

}  // namespace tidemill::events
