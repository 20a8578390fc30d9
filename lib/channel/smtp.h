// Gives mails to a server for submission (RFC 6409), over libcurl: a few connections, one after the
// other on each, one recipient a mail. Sends nothing twice. When the server is out of reach, hangs,
// or refuses the password, the mails that come after are not tried.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "channel/mail_server.h"
#include "channel/transfers.h"

namespace tocsin::channel {

struct SmtpMail {
  std::string from;  // addresses that contact::parse_address has taken
  std::string to;
  std::string text;  // a whole mail, with lines that end with CRLF
};

enum class SmtpFailure : std::uint8_t {
  none,
  not_sent,       // no address, no connection, or lost before the text: nobody has it
  not_trusted,    // TLS, the certificate or the pin; no password was said
  login_refused,  // this password, or a login at all
  refused,        // by `status`, at `stage`
  unknown,        // lost after the text began
  interrupted,
};
// What the server was last asked.
enum class SmtpStage : std::uint8_t { greeting, login, sender, recipient, text };

struct SmtpAnswer {
  SmtpFailure failure = SmtpFailure::interrupted;
  SmtpStage stage = SmtpStage::greeting;
  int status = 0;                     // of the server's last answer; 0 when it gave none
  base::Milliseconds retry_after{0};  // SMTP has no such thing
};

class SmtpClient {
 public:
  using Request = SmtpMail;
  using Answer = SmtpAnswer;

  explicit SmtpClient(MailServer server) : server_(std::move(server)) {}

  // Answers in the order of the mails. At most `window` are under way at once, and never more than
  // three. Mail i is made by mail_of(i) when its turn comes.
  std::vector<SmtpAnswer> perform(std::size_t count, std::size_t window,
                                  const std::function<SmtpMail(std::size_t)>& mail_of);

 private:
  MailServer server_;
  Transfers transfers_;
};

}  // namespace tocsin::channel
