// One bot at Viber, as requests name themselves to it. May be used by several threads.
#pragma once

#include <string>
#include <string_view>

#include "channel/http.h"
#include "seal/secret_file.h"

namespace tocsin::channel {

class ViberAccess {
 public:
  // `origin`: "https://chatapi.viber.com", without a slash at the end.
  ViberAccess(std::string origin, const seal::SecretText& token);

  // `method` is Viber's: "send_message".
  HttpRequest post(std::string_view method, std::string_view json) const;

 private:
  std::string origin_;
  seal::SecretText authorization_;  // the header
};

}  // namespace tocsin::channel
