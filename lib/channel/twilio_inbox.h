// What became of texts, and what people text back, from Twilio's list of texts and, where there is
// one, from a hook (tocsin-channel(5), SMS). It remembers in memory what it has said, and after a
// restart says the last day's again, under the same ids.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "base/clock.h"
#include "channel/hooked_inbox.h"
#include "channel/http.h"
#include "channel/polling.h"
#include "channel/setback.h"
#include "channel/twilio_access.h"
#include "channel/twilio_answer.h"
#include "seal/envelope.h"

namespace tocsin::channel {

class TwilioInbox {
 public:
  // `access` and `clock` must outlive it.
  TwilioInbox(const TwilioAccess& access, const base::Clock& clock, std::optional<HookedAt> hook);

  // A text was given to Twilio, which calls it `sid`; empty when it may not have got there. May be
  // called while another thread asks.
  void expect(const seal::MessageId& message, std::string sid, std::string to, std::string body);

  // Reads at most a page of the list, and one of the hook, when they are due.
  Polling::Asked ask();
  // As in HttpClient; may be called from any thread.
  void interrupt() noexcept;

 private:
  struct Awaited {
    base::Instant given;
    std::string sid{};  // empty: not known yet
    std::string to{};
    std::string body{};
    std::optional<Receipt> said{};  // the last that was said of it; none: unknown
  };
  void ask_list(Polling::Asked& asked);
  bool take_page(const HttpAnswer& answer, Collected& collected);
  void take_post(const wire::Hooked& post, Collected& collected);
  void take_text(const TwilioText& text, base::Instant at, Collected& collected);
  void take_outcome(const seal::MessageId& message, Awaited& awaited, const TwilioOutcome& outcome,
                    Collected& collected);
  void take_reply(Said said, Collected& collected);
  std::optional<seal::MessageId> message_of(const TwilioText& text, base::Instant at);
  std::string first_page() const;
  void end_round();
  base::Milliseconds interval() const;

  const TwilioAccess& access_;
  const base::Clock& clock_;
  HttpClient http_;
  std::unique_ptr<HookedInbox> hook_;

  // One round goes from the newest page back to the mark.
  std::string next_;        // the page that is read next; empty: the newest
  int pages_ = 0;           // read of this round
  base::Instant begun_;     // the round
  base::Instant mark_;      // texts before it are settled
  base::Milliseconds due_;  // by the steady clock
  Setback setback_;
  std::string trouble_;
  std::set<seal::MessageId> heard_;  // replies

  mutable std::mutex mutex_;  // of what follows
  std::map<seal::MessageId, Awaited> awaited_;
  std::map<std::string, seal::MessageId, std::less<>> by_sid_;
  std::optional<base::Instant> last_given_;  // also by an earlier process
};

}  // namespace tocsin::channel
