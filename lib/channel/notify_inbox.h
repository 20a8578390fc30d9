// What became of texts or mails, and what people text back, read from GOV.UK Notify's two lists
// (tocsin-channel(5), SMS and EMAIL). It remembers in memory what it has said, and after a restart
// says the last day's again, under the same ids.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "channel/http.h"
#include "channel/notify_access.h"
#include "channel/notify_answer.h"
#include "channel/polling.h"
#include "channel/setback.h"
#include "seal/envelope.h"

namespace tocsin::channel {

class NotifyInbox {
 public:
  // `access` and `clock` must outlive it.
  NotifyInbox(NotifyAccess& access, const base::Clock& clock, NotifyMedium medium);

  // A text was given to Notify. `sent`, or `unknown` when it may not have got there. May be called
  // while another thread asks.
  void expect(const seal::MessageId& message, Receipt receipt);

  // Reads at most a page of each list that is due.
  Polling::Asked ask();
  // As in HttpClient; may be called from any thread.
  void interrupt() noexcept { http_.interrupt(); }

 private:
  // One list, read from its newest page backwards, round after round.
  struct List {
    List(std::string_view where, base::Milliseconds now) : target(where), begun(now), due(now) {}

    std::string_view target;
    std::string older_than;    // of the page that is read next; empty: the newest
    int pages = 0;             // read of this round; while it rests, of the last
    bool is_resting = false;   // between two rounds
    base::Milliseconds begun;  // the round, by the steady clock
    base::Milliseconds due;    // the next page, the same; not while it rests
    Setback setback{};
    std::string trouble;          // why it cannot be read; empty when it can
    std::set<std::string> known;  // the ids of the last round of which there is no more to say
    std::set<std::string> met;    // those of this round
  };
  struct Awaited {
    base::Instant given;
    Receipt receipt;
  };

  HttpRequest request(const List& list) const;
  // Whether the page was taken in; it is read again if not.
  bool take_texts(const HttpAnswer& answer, Collected& collected);
  bool take_replies(const HttpAnswer& answer, Collected& collected);
  std::optional<Delivery> outcome(const NotifyText& text);
  std::optional<Delivery> accepted(const NotifyText& text);
  void go_on(List& list, const std::string& last);
  void end_round(List& list);
  void put_off(List& list, const HttpAnswer& answer);
  bool is_awaiting();
  base::Milliseconds interval(const List& list) const;
  base::Milliseconds due(const List& list);
  base::Instant horizon() const;

  NotifyAccess& access_;
  const base::Clock& clock_;
  NotifyMedium medium_;
  HttpClient http_;

  List texts_;
  List replies_;
  bool is_first_round_ = true;               // of the texts
  base::Instant mark_{};                     // texts before it are settled
  std::optional<base::Instant> open_since_;  // the oldest open one of this round
  base::Instant newest_{};                   // of this round
  std::set<seal::MessageId> decided_;        // by a newer text of this round

  mutable std::mutex mutex_;  // of what follows
  std::map<seal::MessageId, Awaited> awaited_;
  std::optional<base::Instant> last_given_;  // also by an earlier process
};

}  // namespace tocsin::channel
