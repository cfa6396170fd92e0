#include "services/sts/sessions.h"

#include "wire/json.h"

namespace tidemill::sts {
namespace {

constexpr const char* kKeyLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr const char* kSecretLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string session_key(const std::string& access_key) {
  return kv::Key(kv::Keyspace::kAssumedRoles).text(access_key).bytes();
}

}  // namespace

std::optional<Session> find_session(const kv::View& view, const std::string& access_key,
                                    Timestamp now) {
  const auto value = view.get(session_key(access_key));
  if (!value) return std::nullopt;
  auto document = parse_json(*value);
  CHECK(document);  // written by us
  Session session = from_document<Session>(*std::move(document));
  if (session.expires <= now.milliseconds) return std::nullopt;
  return session;
}

Credentials make_credentials(Command& command, Session session, int32_t seconds) {
  session.expires = command.now.milliseconds + static_cast<int64_t>(seconds) * 1000;
  Credentials credentials;
  credentials.AccessKeyId = "ASIA" + command.random().text(16, kKeyLetters);
  credentials.SecretAccessKey = command.random().text(40, kSecretLetters);
  credentials.SessionToken = command.random().text(356, kSecretLetters);
  credentials.Expiration = Timestamp{session.expires};
  command.tx.put(session_key(credentials.AccessKeyId), to_json(session));
  return credentials;
}

}  // namespace tidemill::sts
