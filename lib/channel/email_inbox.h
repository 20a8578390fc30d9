// The mailbox that people answer to, and to which bounces come (tocsin-channel(5), EMAIL). It looks
// for new mails by their numbers, never by what is marked as read. It remembers in memory how far
// it has come, and after a restart says the last day's again, under the same ids.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "channel/imap.h"
#include "channel/imap_answer.h"
#include "channel/polling.h"
#include "channel/setback.h"

namespace tocsin::channel {

class EmailInbox {
 public:
  // `domain` is that of our Message-IDs. `clock` must outlive it.
  EmailInbox(MailServer server, std::string domain, const base::Clock& clock);

  // A mail was sent, so that an answer may come. May be called while another thread asks.
  void expect();

  // Reads some of the mails that have come.
  Polling::Asked ask();
  // As in ImapClient; may be called from any thread.
  void interrupt() noexcept { imap_.interrupt(); }

 private:
  struct Waiting {
    std::uint32_t number;
    base::Instant at;  // when it came, by this machine's clock as far as it is known
    int failures = 0;
  };

  std::optional<ImapFailure> find_new(const MailboxState& state, base::Instant now);
  std::optional<ImapFailure> look_back(const MailboxState& state, base::Instant now);
  ImapFailure list(std::uint32_t first, std::uint32_t last, std::vector<ListedMail>& mails);
  std::optional<ImapFailure> read_some(Collected& collected);
  void take(const Waiting& mail, base::ByteView text, Collected& collected) const;
  Polling::Asked put_off(ImapFailure failure, Collected collected);
  base::Milliseconds interval() const;

  ImapClient imap_;
  std::string domain_;
  const base::Clock& clock_;
  Setback setback_;

  std::optional<MailboxState> known_;  // `next` has not been looked at
  base::Instant looked_{};             // mails from known_->next on came after it
  std::deque<Waiting> waiting_;        // to be read, in their order

  mutable std::mutex mutex_;  // of what follows
  base::Instant last_given_;
};

}  // namespace tocsin::channel
