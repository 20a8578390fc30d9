// A server that takes mail or keeps it, as tocsin.yaml names it: "smtp://mail.example.org:587".
// What travels to it is encrypted and its certificate is checked, unless it is this machine.
#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "seal/secret_file.h"

namespace tocsin::channel {

enum class MailProtocol : std::uint8_t { smtp, imap };

struct MailAddress {
  std::string origin;  // with scheme, host and port, without a slash at the end
  // Encrypted from the first byte (smtps, imaps). Else by STARTTLS, without which nothing is said.
  bool is_implicit_tls = false;
  bool is_this_machine = false;
};
// "smtp", port 587; "smtps", 465; "imap", 143; "imaps", 993. Nullopt when it is something else, or
// has more than a host and a port.
std::optional<MailAddress> parse_mail_server(std::string_view url, MailProtocol protocol);

// Who logs in there.
struct MailLogin {
  std::string user;  // empty: nobody
  seal::SecretText password;
};

struct MailServer {
  MailAddress address;
  std::vector<std::string> pins;  // as HttpSettings
  std::shared_ptr<const MailLogin> login;
};

// Sets up what is the same for every transfer with the server: how it is reached and trusted, and
// who logs in. No proxy is used, whatever the environment names.
void reach(CURL* easy, const MailServer& server, base::Milliseconds patience);

}  // namespace tocsin::channel
