#include "shapes/events/DescribeEventBus.h"

#include "services/call/operation.h"
#include "services/events/rules.h"

namespace tidemill::events {

Result<DescribeEventBusOutput> DescribeEventBus(const Query& query, DescribeEventBusInput input) {
  const Result<BusDefinition> bus = bus_named(query.view, query.scope(), bus_name(input.Name));
  if (!bus) return bus.error();
  DescribeEventBusOutput output;
  output.Name = bus->Name;
  output.Arn = bus_arn(query.scope(), bus->Name);
  if (!bus->Policy.empty()) output.Policy = bus->Policy;
  return output;
}

OPERATION(DescribeEventBus);

}  // namespace tidemill::events
