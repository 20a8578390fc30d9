// One telephone number at the WhatsApp Business Platform, as requests name themselves to it. May be
// used by several threads.
#pragma once

#include <string>
#include <string_view>

#include "channel/http.h"
#include "seal/secret_file.h"

namespace tocsin::channel {

class WhatsAppAccess {
 public:
  // `origin`: "https://graph.facebook.com", without a slash at the end. `version`: "v24.0".
  // `number` is the platform's id of the telephone number.
  WhatsAppAccess(std::string_view origin, std::string_view version, std::string number,
                 const seal::SecretText& token);

  HttpRequest send(std::string_view json) const;

  const std::string& number() const noexcept { return number_; }

 private:
  std::string url_;
  std::string number_;
  seal::SecretText authorization_;  // the header
};

}  // namespace tocsin::channel
