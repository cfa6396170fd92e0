// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
#include "shapes/sts/GetCallerIdentity.h"

#include "services/sts/sessions.h"

namespace tidemill::sts {

Result<GetCallerIdentityOutput> GetCallerIdentity(const Query& query, GetCallerIdentityInput) {
  GetCallerIdentityOutput output;
  const auto session = find_session(query.view, query.caller.access_key, query.now);
  if (session) {
    output.Account = session->account;
    output.UserId = session->user_id;
    output.Arn = session->arn;
  } else {
    output.Account = query.scope().account;
    output.UserId = query.scope().account;
    output.Arn = "arn:aws:iam::" + query.scope().account + ":root";
  }
  return output;
}

OPERATION(GetCallerIdentity);

}  // namespace tidemill::sts
