#include "shapes/athena/GetQueryRuntimeStatistics.h"

#include "services/athena/executions.h"

namespace tidemill::athena {

Result<GetQueryRuntimeStatisticsOutput> GetQueryRuntimeStatistics(
    const Query& query, GetQueryRuntimeStatisticsInput input) {
  auto execution = require_execution(query.view, query.scope(), input.QueryExecutionId);
  if (!execution) return std::move(execution).error();
  GetQueryRuntimeStatisticsOutput out;
  out.QueryRuntimeStatistics.emplace();
  auto& timeline = out.QueryRuntimeStatistics->Timeline.emplace();
  const QueryExecutionStatistics& statistics = *execution->Statistics;
  timeline.QueryQueueTimeInMillis = statistics.QueryQueueTimeInMillis.value_or(0);
  timeline.QueryPlanningTimeInMillis = statistics.QueryPlanningTimeInMillis.value_or(0);
  timeline.EngineExecutionTimeInMillis = statistics.EngineExecutionTimeInMillis.value_or(0);
  timeline.ServiceProcessingTimeInMillis = statistics.ServiceProcessingTimeInMillis.value_or(0);
  timeline.TotalExecutionTimeInMillis = statistics.TotalExecutionTimeInMillis.value_or(0);
  auto& rows = out.QueryRuntimeStatistics->Rows.emplace();
  rows.InputBytes = statistics.DataScannedInBytes.value_or(0);
  if (const auto columns = find_result_columns(query.view, query.scope(), input.QueryExecutionId)) {
    rows.OutputRows = columns->rows;
  }
  return out;
}

OPERATION(GetQueryRuntimeStatistics);

}  // namespace tidemill::athena
