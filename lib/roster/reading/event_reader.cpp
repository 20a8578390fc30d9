#include "roster/reading/event_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "roster/people/names.h"
#include "roster/reading/rota_calendar.h"

namespace tocsin::roster {

namespace {

using document::Attendee;
using document::Event;

// "Ana Bell, Ben Moss" and "Ana Bell & Ben Moss" name two people.
std::vector<std::string_view> parts_of(std::string_view names) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at <= names.size();) {
    std::size_t end = names.find_first_of(",;&/+", at);
    const std::size_t word = names.find(" and ", at);
    const std::size_t skip = word < end ? 5 : 1;
    end = std::min({end, word, names.size()});
    out.push_back(base::trim(names.substr(at, end - at)));
    at = end + skip;
  }
  return out;
}

class EventReader : private StintReader {
 public:
  EventReader(const Terms& terms, ReadRota& into) : StintReader(terms, "event", into) {}

  void read(const document::Calendar& calendar) {
    for (const Event& event : calendar.events) {
      note_edition(event);
      read_event(event);
    }
    for (const Event& event : calendar.cancelled) note_edition(event);
    finish();
  }

 private:
  // The words of a summary, and the people whom it names after its last colon.
  struct Summary {
    std::string words;
    std::string_view named;
    std::vector<const Responder*> people;
  };

  // Whatever becomes of its stints, an event takes the place of its earlier versions.
  void note_edition(const Event& event) {
    using document::Replaces;
    if (event.uid.empty()) return;
    const bool series = event.replaces == Replaces::everything;
    const auto& editions = into_.draft.editions;  // a series' repetitions follow each other
    if (series && !editions.empty() && editions.back().of == Edition::Of::series &&
        editions.back().uid == event.uid && editions.back().sequence == event.sequence &&
        editions.back().stamp == event.stamp)
      return;
    const auto of = series                                   ? Edition::Of::series
                    : event.replaces == Replaces::repetition ? Edition::Of::one
                                                             : Edition::Of::day;
    into_.draft.editions.push_back(
        {event.uid, of, series ? base::Instant{} : event.original, event.sequence, event.stamp});
  }

  static Source source_of(const Event& event) {
    if (event.uid.empty()) return {};
    return {event.uid, event.replaces != document::Replaces::everything, event.original,
            event.sequence, event.stamp};
  }

  void read_event(const Event& event) {
    Summary summary = split(event.summary);
    const std::vector<const Responder*> people =
        event.attendees.empty() ? named_by(event, summary) : attending(event, summary);
    for (const Responder* person : people) take_out(person->name, summary.words);
    for (const Responder* person : people) {
      Stint stint;
      stint.person = person->id;
      stint.ward = WardId{terms_.mapping.word("ward", event.location)};
      const auto duty = duty_of(summary.words, event.categories, event.place, person->id);
      if (!duty || duty->duty == Duty::off) continue;
      stint.duty = duty->duty;
      if (const auto role = role_of_own(event.uid, summary.words))
        stint.role = *role;
      else
        take_rest(*duty, stint);
      stint.from = event.from;
      stint.until = without_hole(event);
      if (is_possible(event.place, "", stint)) add(std::move(stint), source_of(event));
    }
  }

  Summary split(std::string_view text) const {
    const auto colon = text.rfind(':');
    std::optional<Summary> found;
    if (colon != std::string_view::npos) found = split_at(text, colon, 1);
    for (const std::string_view dash : {" - ", " – ", " — "})
      if (const auto at = text.rfind(dash); !found && at != std::string_view::npos)
        found = split_at(text, at, dash.size());
    if (found) return *std::move(found);
    if (colon == std::string_view::npos) return {std::string{text}, {}, {}};
    return {std::string{base::trim(text.substr(0, colon))}, name_in(text.substr(colon + 1)), {}};
  }

  // What stands on further lines is no name: "Ana Bell\nBleep 1234".
  static std::string_view name_in(std::string_view text) {
    text = base::trim(text);
    return base::trim(text.substr(0, text.find('\n')));
  }

  // "On call: Ana Bell" and "Ana Bell: On call". Nothing when neither side names people.
  std::optional<Summary> split_at(std::string_view text, std::size_t at, std::size_t size) const {
    const std::string_view before = base::trim(text.substr(0, at));
    const std::string_view after = base::trim(text.substr(at + size));
    if (auto people = people_named(name_in(after)); !people.empty())
      return Summary{std::string{before}, name_in(after), std::move(people)};
    if (auto people = people_named(before); !people.empty())
      return Summary{std::string{after}, before, std::move(people)};
    return std::nullopt;
  }

  const Responder* person_named(std::string_view name) const {
    const Responder* person = people_.by_id(name);
    return person != nullptr ? person : people_.by_name(name);
  }

  // All of them, or none.
  std::vector<const Responder*> people_named(std::string_view names) const {
    if (names.empty()) return {};
    if (const Responder* person = person_named(names)) return {person};
    std::vector<const Responder*> out;
    for (const std::string_view name : parts_of(names)) {
      const Responder* person = person_named(name);
      if (person == nullptr) return {};
      out.push_back(person);
    }
    return out;
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
        note(event.place, "",
             fmt::format("{} stands in the SUMMARY and is no ATTENDEE, who counts",
                         quoted(named->name)),
             "one of the two is wrong");
    return out;
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
    const Responder* by_name = person_named(attendee.name);
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

  // A name among the words is no role: "On call - Ana Bell".
  static void take_out(std::string_view name, std::string& words) {
    const auto at = base::to_lower(words).find(base::to_lower(name));
    if (at != std::string::npos) words.replace(at, name.size(), " ");
  }

  // An end on the minute before a handover leaves that minute without anybody.
  base::Instant without_hole(const Event& event) {
    if (base::to_local(event.until).minute != 59) return event.until;
    note(event.place, "", "a minute before the hour is read as the hour",
         "so that no minute is without anybody");
    return std::chrono::floor<base::Minutes>(event.until) + base::Minutes{1};
  }
};

}  // namespace

void read_events(const document::Calendar& calendar, const Terms& terms, ReadRota& into) {
  EventReader{terms, into}.read(calendar);
}

}  // namespace tocsin::roster
