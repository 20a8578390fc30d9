#include "channel/twilio_access.h"

#include <fmt/format.h>

#include <utility>

#include "base/base64.h"
#include "base/fault.h"
#include "channel/twilio_answer.h"

namespace tocsin::channel {

namespace {

constexpr std::string_view kTwilioOrigin = "https://api.twilio.com";
constexpr std::size_t kMostTwilioPageBytes = std::size_t{4} << 20;
constexpr std::size_t kMostTwilioResultBytes = 64 * 1024;
constexpr base::Milliseconds kTwilioPatience{10'000};

std::string authorization_of(std::string_view account, std::string_view token) {
  const std::string pair = token.find(':') == std::string_view::npos
                               ? fmt::format("{}:{}", account, token)
                               : std::string{token};
  return "Authorization: Basic " + base::to_base64(base::bytes_of(pair));
}

}  // namespace

TwilioAccess::TwilioAccess(std::string origin, std::string account, const seal::SecretText& token)
    : origin_(std::move(origin)),
      account_(std::move(account)),
      authorization_(authorization_of(account_, token.view())) {}

TwilioAccess TwilioAccess::make(const contact::Settings& settings,
                                const std::filesystem::path& home) {
  const std::string account = twilio_setting(settings, "account");
  if (!is_twilio_sid(account, "AC"))
    throw base::Fault(base::Exit::invalid, "the account in tocsin.yaml is none of Twilio",
                      "copy the account SID from Twilio's console: AC and 32 characters");
  std::string origin = twilio_setting(settings, "url");
  if (origin.empty()) origin = kTwilioOrigin;
  return {std::move(origin), account,
          seal::read_secret_file(home / twilio_setting(settings, "key"))};
}

std::string TwilioAccess::path_of(std::string_view resource) const {
  return fmt::format("/2010-04-01/Accounts/{}/{}", account_, resource);
}

HttpRequest TwilioAccess::get(std::string_view target) const {
  HttpRequest request;
  request.url = fmt::format("{}{}", origin_, target);
  request.headers = {std::string{authorization_.view()}};
  request.patience = kTwilioPatience;
  request.most_answer_bytes = kMostTwilioPageBytes;
  return request;
}

HttpRequest TwilioAccess::post(std::string_view resource, const base::Fields& form) const {
  HttpRequest request = get(path_of(resource));
  request.method = "POST";
  request.headers.emplace_back("Content-Type: application/x-www-form-urlencoded");
  const std::string text = base::write_form(form);
  request.body.assign(text.begin(), text.end());
  request.most_answer_bytes = kMostTwilioResultBytes;
  return request;
}

std::string twilio_setting(const contact::Settings& settings, std::string_view key) {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string{} : found->second;
}

}  // namespace tocsin::channel
