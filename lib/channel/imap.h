// Asks a server that keeps mail (RFC 9051), over libcurl: a few connections that stay open. Reads
// and changes nothing, but that servers mark what was read. What is too large is cut off.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "channel/mail_server.h"
#include "channel/transfers.h"

namespace tocsin::channel {

enum class ImapFailure : std::uint8_t {
  none,
  unreachable,    // no connection, or it was lost
  not_trusted,    // TLS, the certificate or the pin; no password was said
  login_refused,  // this password
  missing,        // there is no such mail any more, or no such mailbox
  refused,        // what was asked
  damaged,        // the answer makes no sense, or is too large
  interrupted,
};

struct ImapAnswer {
  ImapFailure failure = ImapFailure::interrupted;
  base::Bytes body;
};

class ImapClient {
 public:
  explicit ImapClient(MailServer server) : server_(std::move(server)) {}

  // One line, such as "STATUS INBOX (UIDNEXT)". `mailbox` is opened first unless it is empty. The
  // answer is the lines that begin with a star.
  ImapAnswer ask(std::string_view mailbox, std::string_view command);
  // The first `most_bytes` of each mail, in the order of the numbers. Missing when the mailbox has
  // another validity.
  std::vector<ImapAnswer> fetch(std::string_view mailbox, std::uint32_t validity,
                                const std::vector<std::uint32_t>& numbers, std::size_t most_bytes);

  // As Transfers.
  void interrupt() noexcept { transfers_.interrupt(); }

 private:
  struct Request {
    std::string path;
    std::string command;
    std::size_t most_bytes;
  };
  std::vector<ImapAnswer> perform(std::size_t count,
                                  const std::function<Request(std::size_t)>& request_of);

  MailServer server_;
  Transfers transfers_;
};

}  // namespace tocsin::channel
