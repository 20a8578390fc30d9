#include "roster/reading/stint_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/counted.h"
#include "base/text.h"
#include "roster/people/names.h"
#include "roster/people/spelling.h"

namespace tocsin::roster {

namespace {

using document::Place;

// A longer span is a mistake, such as a wrong month.
constexpr std::chrono::days kLongestOnDuty{31};
constexpr std::chrono::days kLongestOnCall{92};
constexpr std::chrono::days kLongestAbsence{800};
// A duty is seldom longer than this, so that a longer one is named.
constexpr std::chrono::days kUsualDuty{8};

std::chrono::days longest(Duty duty) {
  if (duty == Duty::absent) return kLongestAbsence;
  return duty == Duty::on_call ? kLongestOnCall : kLongestOnDuty;
}

std::string_view span_name(Duty duty) {
  if (duty == Duty::absent) return "an absence";
  return duty == Duty::on_call ? "an on-call" : "a duty";
}

}  // namespace

std::string quoted(std::string_view text) {
  return fmt::format("\"{}\"", base::printable(text.substr(0, 60)));
}

std::vector<UnknownWord> ReadRota::unknown_words() const {
  std::vector<UnknownWord> out;
  for (const auto& [key, word] : not_understood) out.push_back(word);
  std::stable_sort(out.begin(), out.end(),
                   [](const UnknownWord& a, const UnknownWord& b) { return a.count > b.count; });
  return out;
}

void ReadRota::add(ReadRota other, const std::string& file) {
  findings.append(other.findings);
  for (auto& [key, word] : other.not_understood) {
    const auto [at, is_new] = not_understood.try_emplace(key, std::move(word));
    if (is_new) continue;
    at->second.count += word.count;
    at->second.people.merge(word.people);
  }
  Revised revised = revise(std::move(draft), std::move(other.draft));
  draft = std::move(revised.draft);
  counts = {};
  for (const Planned& one : draft.stints) ++counts[static_cast<std::size_t>(one.stint.duty)];
  if (revised.replaced > 0)
    findings.warning({file, 1, 1},
                     fmt::format("takes the place of {} of files before it",
                                 base::counted(revised.replaced, "stint", "stints")),
                     "swaps and newer versions of the same events");
  if (revised.outdated > 0)
    findings.warning({file, 1, 1}, fmt::format("{} left out: a file before it has a newer version",
                                               base::counted(revised.outdated, "stint", "stints")));
}

StintReader::StintReader(const Terms& terms, std::string_view unit, ReadRota& into)
    : terms_(terms),
      people_(terms.roster),
      into_(into),
      findings_(into.findings),
      unit_(unit),
      words_(terms.mapping, terms.meanings, terms.roster) {}

std::optional<DutyText> StintReader::duty_of(std::string_view text,
                                             const std::vector<std::string>& categories,
                                             const Place& place, const PersonId& person) {
  auto duty = words_.read(text, categories);
  if (!duty) note_unknown(text, place, person);
  return duty;
}

void StintReader::note_unknown(std::string_view text, const Place& place, const PersonId& person) {
  // Stints of a stranger who is left out are not missed.
  if (person.empty() && terms_.strangers == Strangers::skip) return;
  UnknownWord& word = into_.not_understood[duty_key(text)];
  if (word.count == 0) {
    word.text = base::printable(base::trim(text));
    word.place = place;
  }
  ++word.count;
  if (!person.empty()) word.people.insert(person);
}

bool StintReader::says_away(const std::string& text, bool is_of_notes) {
  constexpr std::size_t kLongest = 60;       // bytes; more is no word
  constexpr std::size_t kLongestNote = 300;  // bytes
  constexpr std::size_t kMost = 10'000;
  const bool has_word = std::any_of(text.begin(), text.end(),
                                    [](char c) { return static_cast<unsigned char>(c) >= 'A'; });
  if (!has_word || text.size() > (is_of_notes ? kLongestNote : kLongest)) return false;
  const std::string key = (is_of_notes ? "1" : "0") + text;
  if (const auto known = away_.find(key); known != away_.end()) return known->second;
  const std::string word = canonical_word(text);
  const bool away = !words_.is_ward(word) && !words_.is_role(word) &&
                    (words_.is_only_absence(text) || (is_of_notes && words_.may_be_away(text)));
  if (away_.size() < kMost) away_.emplace(key, away);
  return away;
}

const Meaning* StintReader::said_of(std::string_view text) const {
  const auto said = terms_.meanings.find(duty_key(text));
  return said == terms_.meanings.end() ? nullptr : &said->second;
}

bool StintReader::is_said(std::string_view text) const {
  const Meaning* said = said_of(text);
  return said != nullptr && base::to_lower(said->written) == base::to_lower(base::trim(text));
}

void StintReader::take_rest(const DutyText& duty, Stint& stint) const {
  if (duty.rest.empty() || duty.duty == Duty::absent) return;
  const std::string role = terms_.mapping.word("role", duty.rest);
  if (role == duty.rest && words_.is_ward(role)) {
    if (stint.ward.empty()) stint.ward = WardId{role};
  } else if (stint.role.empty()) {
    stint.role = RoleId{role};
  }
}

void StintReader::note_stranger(const Place& place, std::string_view name, std::string message,
                                std::string hint) {
  Repeated& stranger = strangers_[base::trim(name).empty() ? message : name_key(name)];
  if (++stranger.count > 1) return;
  constexpr std::size_t kMostSearches = 50;  // each looks through the whole roster
  if (terms_.strangers == Strangers::refuse && strangers_.size() <= kMostSearches)
    if (const std::string near = nearest(name); !near.empty()) hint = near + "; " + hint;
  stranger.place = place;
  stranger.message = std::move(message);
  stranger.hint = std::move(hint);
}

std::string StintReader::nearest(std::string_view name) const {
  if (base::trim(name).empty()) return {};
  const Found found = find_person(terms_.roster, name);
  const auto said = [](const std::vector<const Responder*>& people) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, people.size()); ++i)
      out.push_back(
          fmt::format("\"{}\" ({})", base::printable(people[i]->name), people[i]->id.str()));
    return base::join(out, " or ");
  };
  if (const auto* nobody = std::get_if<NobodyFound>(&found))
    return nobody->nearest.empty() ? "" : fmt::format("did you mean {}?", said(nobody->nearest));
  if (const auto* several = std::get_if<std::vector<const Responder*>>(&found))
    return fmt::format("is it {}?", said(*several));
  return fmt::format("did you mean {}?", said({std::get<const Responder*>(found)}));
}

void StintReader::note(const Place& place, const std::string& where, std::string message,
                       std::string hint) {
  Repeated& one = notes_[message];
  if (++one.count > 1) return;
  one.place = place;
  one.message = where + std::move(message);
  one.hint = std::move(hint);
}

void StintReader::note_fault(const Place& place, std::string message, std::string hint) {
  Repeated& one = faults_[message];
  if (++one.count > 1) return;
  one.place = place;
  one.message = std::move(message);
  one.hint = std::move(hint);
}

std::string StintReader::times(std::size_t count) const {
  return count == 1 ? std::string{} : fmt::format(" ({} {}s)", count, unit_);
}

void StintReader::finish() {
  for (auto& [key, one] : strangers_) {
    const std::string message = one.message + times(one.count);
    if (terms_.strangers == Strangers::refuse)
      findings_.error(one.place, message, std::move(one.hint));
    else
      findings_.warning(one.place, message, "left out");
  }
  for (auto& [key, one] : notes_)
    findings_.warning(one.place, one.message + times(one.count), std::move(one.hint));
  for (auto& [key, one] : faults_)
    findings_.error(one.place, one.message + times(one.count), std::move(one.hint));
  strangers_.clear();
  faults_.clear();
  notes_.clear();
}

bool StintReader::is_possible(const Place& place, const std::string& where, const Stint& stint) {
  const auto length = stint.until - stint.from;
  if (length <= base::Milliseconds{0}) {
    findings_.error(place, where + "it ends before it begins", "look at the dates");
    return false;
  }
  const std::chrono::days most = longest(stint.duty);
  // An hour more when the clocks are put back within.
  if (length > most + std::chrono::hours{1}) {
    findings_.error(
        place, fmt::format("{}{} of more than {} days", where, span_name(stint.duty), most.count()),
        "look at the dates");
    return false;
  }
  if (stint.duty != Duty::absent && length > kUsualDuty + std::chrono::hours{1})
    note(place, where,
         fmt::format("{} of more than {} days", span_name(stint.duty), kUsualDuty.count()),
         "look at the dates");
  return true;
}

}  // namespace tocsin::roster
