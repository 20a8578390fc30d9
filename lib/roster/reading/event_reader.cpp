#include "roster/reading/event_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "roster/people/dates.h"
#include "roster/people/names.h"
#include "roster/people/spelling.h"
#include "roster/reading/clock_text.h"
#include "roster/reading/rota_calendar.h"
#include "roster/reading/summary.h"

namespace tocsin::roster {

namespace {

using document::Attendee;
using document::Event;

class EventReader : private StintReader {
 public:
  EventReader(const Terms& terms, ReadRota& into) : StintReader(terms, "event", into) {}

  void read(const document::Calendar& calendar) {
    for (const Event& event : calendar.events) {
      note_edition(event);
      read_event(event);
    }
    for (const Event& event : calendar.cancelled) note_edition(event);
    for (const document::LaterChange& change : calendar.changes_of_others) read_change(change);
    finish();
  }

 private:
  // Whatever becomes of its stints, an event takes the place of its earlier versions.
  void note_edition(const Event& event) {
    using document::Replaces;
    if (event.uid.empty()) return;
    Edition edition{event.uid,      Edition::Of::day, event.original,
                    event.sequence, event.stamp,      event.called_off};
    if (event.replaces == Replaces::repetition) edition.of = Edition::Of::one;
    if (event.replaces == Replaces::everything || event.replaces == Replaces::later) {
      const bool all = event.replaces == Replaces::everything;
      edition.of = all ? Edition::Of::series : Edition::Of::later;
      edition.original = all ? base::Instant{} : event.begins;
      const auto& editions = into_.draft.editions;  // a series' repetitions follow each other
      if (!editions.empty() && editions.back() == edition) return;
    }
    into_.draft.editions.push_back(std::move(edition));
  }

  static Source source_of(const Event& event) {
    using document::Replaces;
    if (event.uid.empty()) return {};
    const auto by = event.replaces == Replaces::everything ? Source::By::series
                    : event.replaces == Replaces::later    ? Source::By::later
                                                           : Source::By::single;
    return {event.uid, by, event.original, event.sequence, event.stamp};
  }

  // What becomes of a repetition is asked when its series was read.
  void read_change(const document::LaterChange& change) {
    note_edition(change.event);
    LaterChange out;
    out.uid = change.event.uid;
    out.begins = change.event.begins;
    out.sequence = change.event.sequence;
    out.stamp = change.event.stamp;
    out.place = change.event.place;
    out.move = [shift = change.shift](base::Instant original) {
      return LaterChange::Span{shift.from(original), shift.until(original)};
    };
    if (!change.event.called_off) {
      Event first = change.event;
      first.from = change.shift.from(first.begins);
      first.until = change.shift.until(first.begins);
      for (Stint& stint : stints_of(first)) out.stints.push_back(std::move(stint));
    }
    into_.draft.changes_of_others.push_back(std::move(out));
  }

  void read_event(const Event& event) {
    for (Stint& stint : stints_of(event)) add(std::move(stint), source_of(event));
  }

  std::vector<Stint> stints_of(const Event& event) {
    std::vector<Stint> out;
    Summary summary = summaries_.split(event.summary);
    if (event.attendees.empty() && summary.people.empty())
      if (auto within = summaries_.named_within(event.summary)) summary = *std::move(within);
    const std::vector<const Responder*> people =
        event.attendees.empty() ? named_by(event, summary) : attending(event, summary);
    // With attendees, what is behind a colon need not be a name: "Night shift: sick".
    if (!event.attendees.empty() && !says_nothing_of_a_duty(summary.behind))
      summary.words = event.summary;
    for (const Responder* person : people) take_out(*person, summary.words);
    if (event.attendees.empty() && !people.empty() && summaries_.is_of_several(summary.words)) {
      note_fault(event.place,
                 fmt::format("{} may name several people, each for a duty of their own",
                             quoted(event.summary)),
                 "an event for each, or an ATTENDEE for each");
      return out;
    }
    note_other_times(event);
    for (const Responder* person : people) {
      Stint stint;
      stint.person = person->id;
      if (event.location.find("://") == std::string::npos)  // the address of a video call
        stint.ward = WardId{terms_.mapping.word("ward", event.location)};
      auto duty = there(duty_of(summary.words, event.categories, event.place, person->id), event,
                        person->id);
      if (!duty || duty->duty == Duty::off) continue;
      if (is_half_a_day_of(event, *duty, summary.words)) {
        note_unknown(summary.words, event.place, person->id);
        continue;
      }
      for (const Responder* named : take_names_out(*person, *duty))
        if (!event.attendees.empty() &&
            std::find(people.begin(), people.end(), named) == people.end())
          note_other(event, *named);
      stint.duty = duty->duty;
      if (const auto role = role_of_own(event.uid, summary.words))
        stint.role = *role;
      else
        take_rest(*duty, stint);
      stint.from = event.from;
      stint.until = without_hole(event);
      if (is_possible(event.place, "", stint)) out.push_back(std::move(stint));
    }
    return out;
  }

  // "AL (AM)" in an event of whole days.
  bool is_half_a_day_of(const Event& event, const DutyText& duty, std::string_view text) const {
    const auto is_midnight = [](base::Instant instant) {
      const base::Civil local = base::to_local(instant);
      return local.hour == 0 && local.minute == 0;
    };
    return duty.duty == Duty::absent && words().is_of_half_day(text) && said_of(text) == nullptr &&
           is_midnight(event.from) && is_midnight(event.until);
  }

  // Nobody is on duty in "Annual leave", as some systems write it into LOCATION.
  std::optional<DutyText> there(std::optional<DutyText> duty, const Event& event,
                                const PersonId& person) {
    if (!duty || duty->duty == Duty::absent || !says_away(event.location)) return duty;
    const std::string whole = fmt::format("Location: {}", event.location);
    const Meaning* said = said_of(whole);
    if (said == nullptr) {
      note_unknown(whole, event.place, person);
      return std::nullopt;
    }
    if (said->duty != Duty::on_duty) duty->duty = said->duty;
    return duty;
  }

  // Times in the words are for people, and those of the event count.
  void note_other_times(const Event& event) {
    if (event.summary != timed_) {
      timed_ = event.summary;
      times_ = times_in(timed_);
    }
    if (times_.from.empty() || !times_.are_understood) return;
    const auto is_other = [](std::string_view text, base::Instant instant) {
      const base::Civil local = base::to_local(instant);
      const auto clock = parse_clock(text);
      return clock && clock->count() % (24 * 60) != local.hour * 60 + local.minute;
    };
    if (is_other(times_.from, event.from) || is_other(times_.until, event.until))
      note(event.place, "", "the times in the SUMMARY are others than the event's, which count",
           "one of the two is wrong");
  }

  std::vector<const Responder*> named_by(const Event& event, const Summary& summary) {
    if (summary.people.empty())
      note_stranger(event.place, summary.named,
                    summary.named.empty()
                        ? fmt::format("the event {} names nobody", quoted(event.summary))
                        : fmt::format("{} is not one person on the roster", quoted(summary.named)),
                    "an ATTENDEE, or a SUMMARY such as \"On call anaesthetist: Ana Bell\"");
    return summary.people;
  }

  std::vector<const Responder*> attending(const Event& event, const Summary& summary) {
    std::vector<const Responder*> out;
    for (const Attendee& attendee : event.attendees) {
      const Responder* person = person_of(event, attendee);
      if (person != nullptr && std::find(out.begin(), out.end(), person) == out.end())
        out.push_back(person);
    }
    for (const Responder* named : summary.people)
      if (!out.empty() && std::find(out.begin(), out.end(), named) == out.end())
        note_other(event, *named);
    return out;
  }

  void note_other(const Event& event, const Responder& named) {
    note(event.place, "",
         fmt::format("{} stands in the SUMMARY and is no ATTENDEE, who counts", quoted(named.name)),
         "one of the two is wrong");
  }

  // A name without any word of the person's whose address it has: a shared mailbox, in which the
  // roster knows one of several people.
  static bool is_another_name(std::string_view name, const Responder* person) {
    if (person == nullptr || base::trim(name).empty()) return false;
    if (name.find('@') != std::string_view::npos) return false;  // the address once more
    const std::vector<std::string> theirs = name_words(person->name);
    const std::vector<std::string> words = name_words(name);
    return std::none_of(words.begin(), words.end(), [&](const std::string& word) {
      return std::find(theirs.begin(), theirs.end(), word) != theirs.end();
    });
  }

  const Responder* person_of(const Event& event, const Attendee& attendee) {
    const Responder* by_name = summaries_.person_named(attendee.name);
    const Responder* by_email = people_.by_email(attendee.email);
    const bool another = by_name == nullptr ? is_another_name(attendee.name, by_email)
                                            : by_email != nullptr && by_name != by_email;
    if (another) {
      note_stranger(event.place, attendee.name,
                    fmt::format("the attendee {} has the address of {}", quoted(attendee.name),
                                quoted(by_email->name)),
                    "an address of their own on the roster, or another name in the calendar");
      return nullptr;
    }
    if (by_email != nullptr || by_name != nullptr) return by_email != nullptr ? by_email : by_name;
    note_stranger(
        event.place, attendee.name,
        attendee.name.empty()
            ? std::string{"an attendee without a name whom the roster does not have"}
            : fmt::format("the attendee {} is not one person on the roster", quoted(attendee.name)),
        "their email address, full name or id as on the roster");
    return nullptr;
  }

  // A name among the words is neither duty nor role: "Ana Bell A/L", "On call (Bell, Ana)".
  void take_out(const Responder& person, std::string& words) {
    const std::vector<std::string>& own = own_words(person);
    std::string folded = fold(words);  // most texts have no name
    std::erase(folded, '\'');
    if (own.empty() || std::any_of(own.begin(), own.end(), [&folded](const std::string& word) {
          return folded.find(word) == std::string::npos;
        }))
      return;
    constexpr std::size_t kLongestName = 5;  // words
    constexpr std::string_view kMarks = " \t\n()[],;:.|-";
    const std::string key = base::join(own, " ");
    const auto begins = [&words, kMarks](std::size_t at) {
      return at == 0 || kMarks.find(words[at - 1]) != std::string_view::npos;
    };
    for (std::size_t at = words.find_first_not_of(kMarks); at != std::string::npos;
         at = words.find_first_not_of(kMarks, at + 1)) {
      if (!begins(at)) continue;
      std::size_t end = words.find_first_of(kMarks, at);
      for (std::size_t count = 2; end != std::string::npos && count <= kLongestName; ++count) {
        const std::size_t next = words.find_first_not_of(kMarks, end);
        if (next == std::string::npos) break;
        end = std::min(words.find_first_of(kMarks, next), words.size());
        if (name_key(std::string_view{words}.substr(at, end - at)) != key) continue;
        words.replace(at, end - at, " ");
        break;
      }
    }
  }

  // Neither are the person's forename, and names of other people, in what is left. Returns those
  // people.
  std::vector<const Responder*> take_names_out(const Responder& person, DutyText& duty) {
    std::vector<const Responder*> others;
    if (duty.rest.empty() || is_role(duty.rest)) return others;
    const std::vector<std::string>& own = own_words(person);
    const std::vector<std::string_view> words = base::split(duty.rest, '-');
    std::vector<std::string> kept;
    for (std::size_t at = 0; at < words.size();) {
      const auto [named, size] = name_at(words, at);
      const bool is_own = std::find(own.begin(), own.end(), words[at]) != own.end();
      if (size == 0 && !is_own) kept.emplace_back(words[at]);
      if (named != nullptr) others.push_back(named);
      at += std::max<std::size_t>(1, size);
    }
    if (kept.size() < words.size()) duty.rest = base::join(kept, "-");
    return others;
  }

  const std::vector<std::string>& own_words(const Responder& person) {
    const auto [at, is_new] = own_words_.try_emplace(&person);
    if (is_new) at->second = name_words(person.name);
    return at->second;
  }

  // Whose full name stands there, and of how many words.
  std::pair<const Responder*, std::size_t> name_at(const std::vector<std::string_view>& words,
                                                   std::size_t at) const {
    constexpr std::size_t kLongestName = 4;
    for (std::size_t size = std::min(kLongestName, words.size() - at); size > 1; --size) {
      std::string name;
      for (std::size_t i = at; i < at + size; ++i) name.append(" ").append(words[i]);
      if (const Responder* named = people_.by_name(name)) return {named, size};
    }
    return {nullptr, 0};
  }

  // An end on the minute before a handover leaves that minute without anybody.
  base::Instant without_hole(const Event& event) {
    if (base::to_local(event.until).minute != 59) return event.until;
    note(event.place, "", "a minute before the hour is read as the hour",
         "so that no minute is without anybody");
    return std::chrono::floor<base::Minutes>(event.until) + base::Minutes{1};
  }

  Summaries summaries_{people_, words()};
  std::string timed_;  // the last SUMMARY, and the times in it: events repeat
  TextTimes times_;
  std::unordered_map<const Responder*, std::vector<std::string>> own_words_;
};

}  // namespace

void read_events(const document::Calendar& calendar, const Terms& terms, ReadRota& into) {
  EventReader{terms, into}.read(calendar);
}

}  // namespace tocsin::roster
