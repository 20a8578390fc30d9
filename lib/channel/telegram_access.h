// One bot at Telegram, as requests name themselves to it. The bot's token stands in the path of
// each address, so an address is shown to nobody. May be used by several threads.
#pragma once

#include <string>
#include <string_view>

#include "channel/http.h"
#include "seal/secret_file.h"

namespace tocsin::channel {

class TelegramAccess {
 public:
  // `origin`: "https://api.telegram.org", without a slash at the end.
  TelegramAccess(std::string origin, seal::SecretText token)
      : origin_(std::move(origin)), token_(std::move(token)) {}

  // `method` is Telegram's, with the query.
  HttpRequest get(std::string_view method) const;
  HttpRequest post(std::string_view method, std::string_view json) const;

 private:
  std::string origin_;
  seal::SecretText token_;
};

}  // namespace tocsin::channel
