#include "relay/hook/authentic.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/base64.h"
#include "base/form.h"
#include "base/text.h"
#include "seal/provider_mac.h"
#include "seal/web_token.h"

namespace tocsin::relay {

namespace {

using base::Fields;
using Json = nlohmann::json;

// A token says when it was made. Vonage posts again for a few minutes, with a new one each time.
constexpr std::chrono::minutes kTokenLife{5};
constexpr std::string_view kBearer = "Bearer ";

base::ByteView secret_of(const Hook& hook) { return base::bytes_of(hook.secret.view()); }

Authentic yes_if(bool is_right) { return is_right ? Authentic::yes : Authentic::no; }

std::string mac_of(const Hook& hook, base::ByteView text) {
  return base::to_hex(seal::hmac_sha256(secret_of(hook), text));
}

bool is_form(std::string_view content_type) {
  return base::to_lower(content_type.substr(0, content_type.find(';'))) ==
         "application/x-www-form-urlencoded";
}

// The address and then, sorted, the name and the value of each field of a form. Of another body
// the address has the hash.
Authentic by_twilio(const Hook& hook, const Posted& posted) {
  std::string text = hook.url;
  if (!posted.query.empty()) text.append("?").append(posted.query);
  if (is_form(posted.content_type)) {
    auto fields = base::read_form(base::text_of(posted.body));
    if (!fields) return Authentic::malformed;
    std::sort(fields->begin(), fields->end());
    fields->erase(std::unique(fields->begin(), fields->end()), fields->end());
    for (const base::Field& field : *fields) text.append(field.name).append(field.value);
  } else {
    const auto query = base::read_form(posted.query);
    if (!query) return Authentic::malformed;
    const std::string hash = base::to_hex(seal::sha256(posted.body));
    if (!seal::is_same(base::to_lower(base::value_of(*query, "bodySHA256")), hash))
      return Authentic::no;
  }
  const auto right = seal::hmac_sha1(secret_of(hook), base::bytes_of(text));
  return yes_if(seal::is_same(base::to_base64(right), posted.signature));
}

Authentic by_threema(const Hook& hook, const Posted& posted) {
  const auto fields = base::read_form(base::text_of(posted.body));
  if (!fields) return Authentic::malformed;
  std::string text;
  for (const char* name : {"from", "to", "messageId", "date", "nonce", "box"})
    text += base::value_of(*fields, name);
  return yes_if(seal::is_same(mac_of(hook, base::bytes_of(text)),
                              base::to_lower(base::value_of(*fields, "mac"))));
}

Authentic by_whatsapp(const Hook& hook, const Posted& posted) {
  return yes_if(seal::is_same("sha256=" + mac_of(hook, posted.body), posted.signature));
}

Authentic by_viber(const Hook& hook, const Posted& posted) {
  return yes_if(seal::is_same(mac_of(hook, posted.body), base::to_lower(posted.signature)));
}

Authentic by_vonage(const Hook& hook, const Posted& posted, base::Instant now) {
  if (!posted.authorization.starts_with(kBearer)) return Authentic::no;
  const auto claims =
      seal::claims_of_web_token(posted.authorization.substr(kBearer.size()), secret_of(hook));
  if (!claims) return Authentic::no;
  const Json said = Json::parse(claims->begin(), claims->end(), nullptr, false);
  if (!said.is_object()) return Authentic::malformed;
  const auto hash = said.find("payload_hash");
  const auto made = said.find("iat");
  if (hash == said.end() || !hash->is_string() || made == said.end() || !made->is_number_integer())
    return Authentic::malformed;
  const auto at = now.time_since_epoch();
  const auto iat = made->get<std::int64_t>();
  if (iat < std::chrono::floor<std::chrono::seconds>(at - kTokenLife).count() ||
      iat > std::chrono::ceil<std::chrono::seconds>(at + kTokenLife).count())
    return Authentic::no;
  return yes_if(seal::is_same(base::to_hex(seal::sha256(posted.body)),
                              base::to_lower(hash->get_ref<const std::string&>())));
}

Authentic by_notify(const Hook& hook, const Posted& posted) {
  if (!posted.authorization.starts_with(kBearer)) return Authentic::no;
  return yes_if(seal::is_same(hook.secret.view(), posted.authorization.substr(kBearer.size())));
}

}  // namespace

Authentic authentic(const Hook& hook, const Posted& posted, base::Instant now) {
  switch (hook.provider) {
    case Provider::twilio:
      return by_twilio(hook, posted);
    case Provider::threema:
      return by_threema(hook, posted);
    case Provider::whatsapp:
      return by_whatsapp(hook, posted);
    case Provider::viber:
      return by_viber(hook, posted);
    case Provider::vonage:
      return by_vonage(hook, posted, now);
    case Provider::notify:
      return by_notify(hook, posted);
  }
  return Authentic::no;
}

std::optional<std::string> answer_to_challenge(const Hook& hook, std::string_view query) {
  constexpr std::size_t kLongestChallenge = 200;
  const auto fields = base::read_form(query);
  if (!fields || !hook.challenge) return std::nullopt;
  const std::string_view challenge = base::value_of(*fields, "hub.challenge");
  // It is said back to whoever asks. WhatsApp's is a number.
  const bool is_plain = std::all_of(challenge.begin(), challenge.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  });
  if (base::value_of(*fields, "hub.mode") != "subscribe" || challenge.empty() ||
      challenge.size() > kLongestChallenge || !is_plain ||
      !seal::is_same(hook.challenge->view(), base::value_of(*fields, "hub.verify_token")))
    return std::nullopt;
  return std::string{challenge};
}

}  // namespace tocsin::relay
