// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
#include "shapes/sts/GetSessionToken.h"

#include "services/sts/sessions.h"

namespace tidemill::sts {

Result<GetSessionTokenOutput> GetSessionToken(Command& command, GetSessionTokenInput input) {
  constexpr int32_t kSecondsDefault = 43200;
  Session session;
  session.account = command.scope().account;
  session.user_id = session.account;
  session.arn = "arn:aws:iam::" + session.account + ":root";
  GetSessionTokenOutput output;
  output.Credentials = make_credentials(command, std::move(session),
                                        input.DurationSeconds.value_or(kSecondsDefault));
  return output;
}

OPERATION(GetSessionToken);

}  // namespace tidemill::sts
