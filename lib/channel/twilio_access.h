// One account at Twilio, as requests name themselves to it. May be used by several threads.
#pragma once

#include <string>
#include <string_view>

#include "base/form.h"
#include "channel/http.h"
#include "contact/channel.h"
#include "seal/secret_file.h"

namespace tocsin::channel {

class TwilioAccess {
 public:
  // `origin`: "https://api.twilio.com", without a slash at the end. `token`: the account's auth
  // token, or an API key and its secret with a colon between.
  TwilioAccess(std::string origin, std::string account, const seal::SecretText& token);
  // From a channel's settings: url, account and key. Faults when they cannot be used.
  static TwilioAccess make(const contact::Settings& settings, const std::filesystem::path& home);

  // "/2010-04-01/Accounts/ACCOUNT/Messages.json" for "Messages.json".
  std::string path_of(std::string_view resource) const;
  // `target` is the path and the query.
  HttpRequest get(std::string_view target) const;
  HttpRequest post(std::string_view resource, const base::Fields& form) const;

 private:
  std::string origin_;
  std::string account_;
  seal::SecretText authorization_;  // the header
};

std::string twilio_setting(const contact::Settings& settings, std::string_view key);

}  // namespace tocsin::channel
