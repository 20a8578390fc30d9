#include "incident/view/narrate.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "base/counted.h"
#include "base/text.h"

namespace tocsin::incident {

namespace {

using base::local_clock;

constexpr std::size_t kMostNamed = 3;

std::string name_of(const State& state, const roster::PersonId& id) {
  const roster::Responder* row = state.roster.find(id);
  return row == nullptr ? id.str() : row->name;
}

std::string said(const Replied& reply) {
  switch (reply.answer) {
    case Answer::coming:
      return "is coming, at " + local_clock(reply.when);
    case Answer::later:
      return "can come from " + base::local_stamp(reply.when);
    case Answer::last_resort:
      return "comes only if you are short";
    case Answer::no:
      return "cannot come";
    case Answer::arrived:
      return "is here";
    case Answer::leaving:
      return "is leaving";
    case Answer::none:
    case Answer::seen:
      break;
  }
  return "";
}

// People for whom the same happened, in the order of events.
struct Group {
  std::vector<std::string> names;
  std::string line(std::string_view what) const {
    if (names.size() <= kMostNamed) return fmt::format("{} {}", base::join(names, ", "), what);
    return fmt::format("{} people {}", names.size(), what);
  }
};

class Narrator {
 public:
  explicit Narrator(const State& state) : state_(state) {}

  void tell(const Event& event) {
    std::visit([&](const auto& body) { on(event, body); }, event.body);
  }

  std::vector<std::string> lines() {
    for (const auto& [wave, channels] : asked_) {
      int all = 0;
      std::string by;
      for (const auto& [channel, count] : channels) {
        all += count;
        by += fmt::format("{}{} by {}", by.empty() ? "" : ", ", count, channel);
      }
      say(fmt::format("wave {}: {} asked, {}", wave, all, by));
    }
    for (const auto& [channel, count] : reminded_)
      say(fmt::format("{} reminded by {}", count, channel));
    for (const auto& [what, group] : placed_) say(group.line(what));
    for (const auto& [why, count] : failed_)
      say(fmt::format("{} not delivered: {}", base::counted(count, "message", "messages"), why));
    // Prompts come last, because they follow from the other events.
    for (const std::uint64_t number : raised_) {
      const Prompt& prompt = state_.prompts[number - 1];
      say(fmt::format("! {} {}{}: {}", number, to_text(prompt.flag),
                      prompt.subject.empty() ? "" : " " + prompt.subject, prompt.advice));
    }
    return std::move(lines_);
  }

 private:
  void say(const std::string& line) { lines_.push_back(base::printable(line)); }
  void say(const Event& event, const std::string& what, const std::string& why) {
    say(fmt::format("{}{}{}", what, why.empty() ? "" : ": " + why,
                    event.by.empty() ? "" : " (" + event.by + ")"));
  }

  void on(const Event& event, const Declared& body) {
    say(event,
        fmt::format("{} {} declared", body.realness == seal::Realness::real ? "REAL" : "EXERCISE",
                    body.label),
        body.reason);
  }
  void on(const Event&, const RosterTaken&) {
    say(base::counted(state_.roster.size(), "person", "people") + " on the roster");
  }
  void on(const Event&, const MembershipTaken&) {}
  void on(const Event&, const Issued& body) {
    if (body.kind == playbook::MessageKind::request)
      ++asked_[body.wave][body.channel.str()];
    else if (body.kind == playbook::MessageKind::reminder)
      ++reminded_[body.channel.str()];
  }
  void on(const Event&, const Receipted& body) {
    if (body.receipt == contact::Receipt::failed_for_good) ++failed_[body.reason];
  }
  void on(const Event&, const Replied& body) {
    const std::string words = said(body);
    if (!words.empty())
      say(fmt::format("{} {} ({})", name_of(state_, body.person), words, body.channel.str()));
  }
  void on(const Event&, const Refused& body) {
    say(fmt::format("{} refused: {}", base::counted(body.count, "message", "messages"),
                    body.reason));
  }
  void on(const Event&, const Assigned& body) {
    placed_["assigned to " + body.post.str()].names.push_back(name_of(state_, body.person));
  }
  void on(const Event&, const Reserved& body) {
    placed_["in reserve"].names.push_back(name_of(state_, body.person));
  }
  void on(const Event&, const StoodDown& body) {
    placed_["stood down: " + body.why].names.push_back(name_of(state_, body.person));
  }
  void on(const Event& event, const Released& body) {
    say(event, name_of(state_, body.person) + " released", body.why);
  }
  void on(const Event& event, const Pinned& body) {
    say(event, fmt::format("{} put in {}", name_of(state_, body.person), body.post.str()),
        body.why);
  }
  void on(const Event& event, const NeedSet& body) {
    say(event, fmt::format("{} needs {} by {}", body.post.str(), body.count, local_clock(body.by)),
        body.why);
  }
  void on(const Event& event, const Told& body) {
    say(event,
        fmt::format("to {}{}", to_text(body.audience), body.whom.empty() ? "" : " " + body.whom),
        body.text);
  }
  void on(const Event& event, const Decided& body) {
    say(event, "decided: " + body.decision, body.why);
  }
  void on(const Event&, const Flagged&) {}
  void on(const Event&, const Raised& body) { raised_.insert(body.prompt); }
  void on(const Event& event, const Answered& body) {
    say(event, fmt::format("prompt {} {}", body.prompt, to_text(body.verdict)), body.why);
  }
  void on(const Event&, const PhoneTaken&) {}
  void on(const Event&, const CallTaken&) {}
  void on(const Event&, const CallGiven&) {}
  void on(const Event&, const CallEnded& body) {
    if (!body.outcome.empty())
      say(fmt::format("{} was rung: {}", name_of(state_, body.person), body.outcome));
  }
  void on(const Event&, const ChannelsTaken&) {}
  void on(const Event&, const LimitsTaken&) {}
  void on(const Event&, const WordsUnread& body) {
    const std::string who = name_of(state_, body.person);
    const std::string& by = body.channel.str();
    switch (body.why) {
      case Unread::clinical:
        return say(fmt::format("{} wrote by {} what may be about a patient: not kept", who, by));
      case Unread::stop:
        return say(fmt::format("{} wants no more messages by {}", who, by));
      case Unread::whose:
        return say(fmt::format("somebody wrote from an address of {} by {}, which others have too",
                               who, by));
      case Unread::unclear:
      case Unread::automatic:
      case Unread::no_time:
        return say(fmt::format("{} wrote by {} what is no clear answer", who, by));
    }
  }
  void on(const Event&, const PhoneUnanswered& body) {
    say(fmt::format("{} was rung: {}", name_of(state_, body.person), body.reason));
  }
  void on(const Event&, const Forecasted&) {}
  void on(const Event&, const Missed& body) {
    say(fmt::format("{} {}", name_of(state_, body.person), body.why));
  }
  void on(const Event&, const HistoryTaken&) {}
  void on(const Event&, const ClockSetBack& body) {
    say("the clock went back by " + base::span_text(base::Milliseconds{body.milliseconds}));
  }
  void on(const Event&, const ClockMeasured& body) {
    if (body.ahead > 0)
      say("the clock was set forward by " + base::span_text(base::Milliseconds{body.ahead}));
  }
  void on(const Event& event, const Ended& body) { say(event, "the incident has ended", body.why); }

  const State& state_;
  std::vector<std::string> lines_;
  std::set<std::uint64_t> raised_;
  std::map<std::uint64_t, std::map<std::string, int>> asked_;
  std::map<std::string, int> reminded_;
  std::map<std::string, int> failed_;
  std::map<std::string, Group> placed_;
};

}  // namespace

std::vector<Event> events_after(Ledger& ledger, std::uint64_t& seen) {
  std::vector<Event> events;
  ledger.journal().read_after(seen, [&](const journal::Entry& entry) {
    if (entry.number > ledger.size()) return;
    seen = entry.number;
    if (auto event = decode_event(entry.body)) events.push_back(std::move(*event));
  });
  return events;
}

std::vector<std::string> narrate(const State& state, const std::vector<Event>& events) {
  Narrator narrator(state);
  for (const Event& event : events) narrator.tell(event);
  return narrator.lines();
}

}  // namespace tocsin::incident
