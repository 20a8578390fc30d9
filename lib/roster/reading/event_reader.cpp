#include "roster/reading/event_reader.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "roster/people/spelling.h"

namespace tocsin::roster {

namespace {

class EventReader : private StintReader {
 public:
  using StintReader::StintReader;

  std::vector<Stint> read(std::span<const document::Event> events) {
    std::vector<Stint> stints;
    for (const document::Event& event : events) read_event(event, stints);
    return stints;
  }

 private:
  void read_event(const document::Event& event, std::vector<Stint>& stints) {
    Stint stint;
    stint.from = event.from;
    stint.until = event.until;
    stint.ward = WardId{mapping_.word("ward", event.location)};
    std::string_view words = event.summary;
    std::string_view named;
    if (const auto colon = words.rfind(':'); colon != std::string_view::npos) {
      named = base::trim(words.substr(colon + 1));
      words = words.substr(0, colon);
    }
    read_words(words, event.categories, stint);
    if (!is_possible(event.place, "", stint)) return;

    bool anybody = false;
    for (const document::Attendee& attendee : event.attendees) {
      const Responder* person = people_.by_email(attendee.email);
      if (person == nullptr) person = people_.by_name(attendee.name);
      if (person == nullptr) person = people_.by_id(attendee.name);
      if (person == nullptr) {
        report_stranger(
            event.place,
            attendee.name.empty()
                ? std::string{"an attendee without a name whom the roster does not have"}
                : fmt::format("the attendee {} is not one person on the roster",
                              quoted(attendee.name)),
            "their email address, full name or id as on the roster");
        continue;
      }
      add(*person, stint, stints);
      anybody = true;
    }
    if (anybody || !event.attendees.empty()) return;
    const Responder* person = people_.by_id(named);
    if (person == nullptr) person = people_.by_name(named);
    if (person != nullptr)
      add(*person, stint, stints);
    else
      report_stranger(event.place,
                      named.empty()
                          ? fmt::format("the event {} names nobody", quoted(event.summary))
                          : fmt::format("{} is not one person on the roster", quoted(named)),
                      "an ATTENDEE, or a SUMMARY such as \"On call anaesthetist: Ana Bell\"");
  }

  static void add(const Responder& person, Stint stint, std::vector<Stint>& stints) {
    stint.person = person.id;
    stints.push_back(std::move(stint));
  }

  // "On call anaesthetist" gives a duty and a role. The duty may be in a category instead.
  void read_words(std::string_view text, const std::vector<std::string>& categories,
                  Stint& stint) const {
    bool known = false;
    for (const std::string& category : categories)
      if (const auto duty = duty_of(category); duty && !known) {
        stint.duty = *duty;
        known = true;
      }
    const std::string word = canonical_word(text);
    // The longest beginning that is a duty is the duty; the rest is the role.
    for (std::size_t end = word.size(); end != std::string::npos && end > 0;
         end = word.rfind('-', end - 1)) {
      const auto duty = duty_of(word.substr(0, end));
      if (!duty) continue;
      if (!known) stint.duty = *duty;
      stint.role = RoleId{mapping_.word("role", std::string_view{word}.substr(end))};
      return;
    }
    stint.role = RoleId{mapping_.word("role", word)};
  }
};

}  // namespace

std::vector<Stint> read_events(std::span<const document::Event> events, const Mapping& mapping,
                               const Roster& roster, Strangers strangers,
                               document::Findings& findings) {
  return EventReader{mapping, roster, strangers, findings}.read(events);
}

}  // namespace tocsin::roster
