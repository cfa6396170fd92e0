#include "app/server/authentication.h"

#include "door/http/browser_guard.h"
#include "door/sigv4/payload.h"
#include "door/sigv4/verifier.h"

namespace tidemill {
namespace {

constexpr size_t kKeysFileBytesMax = 1 << 20;

protocols::Identity identity_of(const sigv4::Credential& credential, std::string account) {
  return {credential.access_key, std::move(account), credential.region, credential.service};
}

// Auth off: whoever the request says it is.
Result<protocols::Identity> claimed(HttpRequest& request) {
  RETURN_IF_ERROR(sigv4::decode_body(request, nullptr, true));
  const auto credential = sigv4::claimed_identity(request);
  if (!credential) return protocols::Identity{};
  return identity_of(*credential, sigv4::account_of(credential->access_key));
}

Task<Result<protocols::Identity>> verified(sigv4::Verifier& verifier, HttpRequest& request,
                                           Timestamp now) {
  const auto claim = sigv4::claimed_identity(request);
  const std::string service = claim ? claim->service : std::string();
  const bool is_s3 = service.empty() || service == "s3";
  std::string body;
  if (sigv4::needs_body(request, is_s3)) {
    auto reading = read_all(*request.body, protocols::kBodyBytesMax);
    Result<std::string> read = co_await std::move(reading);
    if (!read) co_return std::move(read).error();
    body = *std::move(read);
  }
  auto who = verifier.verify(request, service, now, body);
  if (!who) co_return std::move(who).error();
  if (sigv4::needs_body(request, is_s3)) request.body = bytes_source(std::move(body));
  CO_RETURN_IF_ERROR(sigv4::decode_body(request, &who->signing, true));
  co_return identity_of(who->credential, who->account);
}

Result<sigv4::SecretLookup> read_keys(const std::string& path, sys::Files& files) {
  auto file = files.open(path);
  if (!file) return std::move(file).error();
  auto text = (*file)->read(0, kKeysFileBytesMax);
  if (!text) return std::move(text).error();
  auto keys = sigv4::parse_keys(*text);
  if (!keys) return std::move(keys).error();
  return sigv4::SecretLookup(
      [keys = *std::move(keys)](std::string_view access_key) -> std::optional<sigv4::Secret> {
        const auto found = keys.find(access_key);
        if (found == keys.end()) return std::nullopt;
        return found->second;
      });
}

}  // namespace

Result<protocols::Authenticate> authentication(const AuthenticationOptions& options,
                                               sys::Files& files, sys::Clock& clock) {
  std::shared_ptr<sigv4::Verifier> verifier;  // shared: a std::function is copied
  if (options.verifies) {
    auto lookup = read_keys(options.keys_file, files);
    if (!lookup) return std::move(lookup).error();
    verifier = std::make_shared<sigv4::Verifier>(*std::move(lookup));
  }
  return protocols::Authenticate([verifier, &clock, policy = http::BrowserPolicy{}](
                                     HttpRequest& request) -> Task<Result<protocols::Identity>> {
    const Status welcome = http::check_browser(request, policy);
    if (!welcome) return ready(Result<protocols::Identity>(welcome.error()));
    if (!verifier) return ready(claimed(request));
    return verified(*verifier, request, clock.now());
  });
}

}  // namespace tidemill
