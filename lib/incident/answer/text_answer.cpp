#include "incident/answer/text_answer.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "incident/answer/clinical_words.h"
#include "incident/answer/heard.h"
#include "incident/answer/naming.h"
#include "incident/answer/own_words.h"
#include "incident/answer/spelling.h"

namespace tocsin::incident {

namespace {

using base::Instant;
using Outcome = std::variant<Reply, Unread>;

constexpr std::size_t kMostTokens = 100;  // of an answer; who writes more says more than one
// Who "can come at 7" has not set out when that is later than this.
constexpr base::Minutes kOnTheWay{2 * 60};

// What all that was heard comes to.
class Decision {
 public:
  Decision(const Heard& heard, Instant now, const base::Zone& zone)
      : heard_(heard), now_(now), zone_(zone) {}

  Outcome made() const {
    using enum Meaning;
    if (heard_.has(stop) && !heard_.has_answer() && !heard_.has(okay)) return Unread::stop;
    if (heard_.ends_in_refusal && !heard_.has_any(later, last_resort, not_now, here, at_hospital))
      return Reply{Answer::no, {}};
    if (heard_.ends_in_no && says_nothing_else()) return Reply{Answer::no, {}};
    if (heard_.is_muddled || heard_.has_any(hedge, negation, stop)) return Unread::unclear;
    if (heard_.has(last_resort)) return as_last_resort();
    if (heard_.has(not_tonight) && !is_later()) return as_no();
    if (heard_.has(no)) return as_no();
    if (heard_.has_any(here, at_hospital)) return as_arrived();
    if (heard_.has(leaving)) return as_leaving();
    if (is_later() || heard_.has(not_now)) return as_later();
    if (heard_.has_any(yes, okay, coming, there, sets_off)) return as_coming();
    if (heard_.has(departs)) return Unread::unclear;
    if (heard_.times.empty()) return heard_.names_day ? Outcome{Unread::unclear} : as_excuse();
    return as_bare_time();
  }

 private:
  // Nothing that is understood speaks against the no at the end.
  bool says_nothing_else() const {
    using enum Meaning;
    return !heard_.is_asked && heard_.times.empty() &&
           !heard_.has_any(yes, okay, coming, there, not_now, later, last_resort, here, at_hospital,
                           leaving, departs, sets_off, stop);
  }

  template <class... Meanings>
  Outcome unless(Answer answer, Meanings... conflicting) const {
    if (heard_.has_any(conflicting...)) return Unread::unclear;
    return Reply{answer, {}};
  }

  bool is_later() const {
    return heard_.has(Meaning::later) || std::ranges::any_of(heard_.times, is_start) ||
           (heard_.names_day && heard_.has_any(Meaning::coming, Meaning::okay, Meaning::yes));
  }

  // "No, only if you are desperate" is one as well.
  Outcome as_last_resort() const {
    using enum Meaning;
    if (std::ranges::any_of(heard_.times, is_start) || heard_.has_until) return Unread::unclear;
    return unless(Answer::last_resort, not_now, later, here, at_hospital, leaving, departs,
                  sets_off, excuse);
  }

  Outcome as_no() const {
    using enum Meaning;
    if (!heard_.times.empty()) return Unread::unclear;
    return unless(Answer::no, yes, okay, coming, there, not_now, later, here, at_hospital, leaving,
                  departs, sets_off);
  }

  Outcome as_arrived() const {
    using enum Meaning;
    if (heard_.has_any(later, not_now, leaving, departs, excuse) || heard_.has_until)
      return Unread::unclear;
    const auto has_passed = [&](const SaidTime& time) {
      return was_shortly_before(time, now_, zone_);
    };
    const bool is_past = heard_.has(here) && std::ranges::all_of(heard_.times, has_passed);
    if (heard_.times.empty() || is_past) return unless(Answer::arrived, coming, there, sets_off);
    // "at ED in 20"; without "in" it may be how long they have been there.
    const Meaning role = heard_.times.front().role;
    const bool is_ahead = role == in || role == by || role == eta;
    return is_ahead ? timed(Answer::coming) : Outcome{Unread::unclear};
  }

  Outcome as_leaving() const {
    using enum Meaning;
    const bool is_plain = !heard_.is_partial && !heard_.is_chatty;
    if (!heard_.times.empty() || heard_.has_until || !(is_plain || heard_.leaves_clearly))
      return Unread::unclear;
    return unless(Answer::leaving, yes, okay, coming, there, later, not_now, departs, sets_off);
  }

  Outcome as_later() const {
    using enum Meaning;
    if (heard_.has_any(departs, sets_off, excuse) || heard_.has_until) return Unread::unclear;
    if (heard_.times.empty()) return Unread::unclear;  // from when?
    return timed(Answer::later);
  }

  Outcome as_coming() const {
    using enum Meaning;
    if (heard_.has_any(excuse, departs) && heard_.times.empty()) return Unread::unclear;
    if (heard_.has(excuse) || heard_.has_until) return Unread::unclear;
    if (!heard_.times.empty()) return heard_.is_able ? able() : timed(Answer::coming);
    // A yes that says nothing beside it. "Yes, I got the message" may be none.
    const bool is_plain = !heard_.is_partial && !heard_.is_chatty;
    return is_plain && heard_.has_any(yes, coming, sets_off) ? Unread::no_time : Unread::unclear;
  }

  Outcome able() const {
    const bool is_clock = heard_.times.front().kind == SaidTime::Kind::clock;
    const Outcome later = timed(Answer::later);
    const auto* reply = std::get_if<Reply>(&later);
    if (is_clock && reply != nullptr && *reply->when - now_ > kOnTheWay) return later;
    return timed(Answer::coming);
  }

  Outcome as_excuse() const {
    const bool is_reason =
        heard_.cannot_work || (heard_.has(Meaning::excuse) && heard_.has(Meaning::regret));
    const bool is_refusal = is_reason && !heard_.is_partial && !heard_.has_until;
    if (is_refusal) return Reply{Answer::no, {}};
    return Unread::unclear;
  }

  // "20 min" to "can you come" is an answer, when nothing else is said.
  Outcome as_bare_time() const {
    using enum Meaning;
    if (heard_.is_partial || heard_.is_chatty || heard_.has_any(regret, excuse) ||
        heard_.has_until || heard_.times.size() > 1)
      return Unread::unclear;
    const SaidTime& time = heard_.times.front();
    const int n = time.minutes;
    const bool is_bare = time.kind == SaidTime::Kind::bare && time.role == filler;
    if (is_bare && (n < 10 || n > 90 || n % 5 != 0)) return Unread::unclear;
    return timed(Answer::coming);
  }

  // With the one time that was said; said twice it is still one.
  Outcome timed(Answer answer) const {
    std::optional<Instant> when;
    for (const SaidTime& time : heard_.times) {
      const auto at = instant_of(time, answer == Answer::later, now_, zone_);
      if (!at) return Unread::unclear;
      const auto apart = when ? std::chrono::abs(*at - *when) : base::Milliseconds{0};
      if (apart >= base::Minutes{1}) return Unread::unclear;
      when = at;
    }
    return Reply{answer, when};
  }

  const Heard& heard_;
  Instant now_;
  const base::Zone& zone_;
};

bool wants_no_more(const std::vector<Token>& tokens) {
  using Kind = Token::Kind;
  std::string said;
  for (const Token& token : tokens) {
    if (token.kind == Kind::stop || token.kind == Kind::line) continue;
    if (token.text == "please" || token.text == "pls" || token.text == "plz") continue;
    said += token.kind == Kind::question ? "?" : token.text;
  }
  return said == "stop" || said == "unsubscribe";
}

}  // namespace

std::variant<Reply, Unread> read_text_answer(std::string_view words, Instant now,
                                             const base::Zone& zone) {
  const std::string nobody[1];
  return read_named_answer(words, now, zone, nobody).said;
}

NamedAnswer read_named_answer(std::string_view words, Instant now, const base::Zone& zone,
                              std::span<const std::string> names) {
  const std::string plain = plain_spelling(words);
  if (is_automatic(plain)) return {0, Unread::automatic};
  const std::string own = own_words(plain);
  if (is_clinical(own, now)) return {0, Unread::clinical};
  std::vector<Token> tokens = tokens_of(own, kMostTokens + 1);
  if (wants_no_more(tokens)) return {0, Unread::stop};
  if (tokens.size() > kMostTokens) return {0, Unread::unclear};
  std::size_t whose = 0;
  if (names.size() > 1) {
    const auto named = take_name(tokens, names);
    if (!named) return {0, Unread::whose};
    whose = *named;
  }
  const Heard heard = hear(clauses_of(tokens));
  return {whose, Decision{heard, now, zone}.made()};
}

}  // namespace tocsin::incident
