#include "roster/reading/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "roster/reading/duty_tokens.h"

namespace tocsin::roster {

namespace {

constexpr std::size_t kLongestText = 500;  // bytes of a text in which names are searched
constexpr std::size_t kMostKept = 10'000;  // texts

// The last colon that does not belong to a time of day: not that of "Long day 07:30".
std::size_t last_colon(std::string_view text) {
  const auto is_digit = [text](std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
  };
  std::size_t at = text.rfind(':');
  while (at != std::string_view::npos && at > 0 && is_digit(at - 1) && is_digit(at + 1) &&
         is_digit(at + 2) && !is_digit(at + 3))
    at = text.rfind(':', at - 1);
  return at;
}

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

// What stands on further lines is no name: "Ana Bell\nBleep 1234".
std::string_view name_in(std::string_view text) {
  text = base::trim(text);
  return base::trim(text.substr(0, text.find('\n')));
}

bool is_list_mark(std::string_view text) {
  text = base::trim(text);
  return text == "and" ||
         (text.size() == 1 && std::string_view{",;&/+"}.find(text) != std::string_view::npos);
}

}  // namespace

Summary Summaries::split(std::string_view text) const {
  const auto colon = last_colon(text);
  std::optional<Summary> found;
  if (colon != std::string_view::npos) found = split_at(text, colon, 1);
  for (const std::string_view dash : {" - ", " – ", " — "})
    if (const auto at = text.rfind(dash); !found && at != std::string_view::npos)
      found = split_at(text, at, dash.size());
  if (found) return *std::move(found);
  if (colon == std::string_view::npos) return {std::string{text}, {}, {}, {}};
  const std::string_view behind = text.substr(colon + 1);
  return {std::string{base::trim(text.substr(0, colon))}, name_in(behind), behind, {}};
}

// "On call: Ana Bell" and "Ana Bell: On call". Nothing when neither side names people.
std::optional<Summary> Summaries::split_at(std::string_view text, std::size_t at,
                                           std::size_t size) const {
  const std::string_view before = base::trim(text.substr(0, at));
  const std::string_view after = base::trim(text.substr(at + size));
  // "Ana Bell?" is a question, too.
  const auto asked = [](std::string_view name) { return has_mark_of_doubt(name) ? "?" : ""; };
  if (auto people = people_named(name_in(after)); !people.empty())
    return Summary{std::string{before} + asked(after), name_in(after), {}, std::move(people)};
  if (auto people = people_named(before); !people.empty())
    return Summary{std::string{after} + asked(before), before, {}, std::move(people)};
  return std::nullopt;
}

const Responder* Summaries::person_named(std::string_view name) const {
  if (name.find('@') != std::string_view::npos) return person_addressed(name);
  const Responder* person = people_.by_id(name);
  return person != nullptr ? person : people_.by_name(name);
}

const Responder* Summaries::person_addressed(std::string_view text) const {
  const auto open = text.find('<');
  if (open == std::string_view::npos || !text.ends_with('>')) return people_.by_email(text);
  const std::string_view name = base::trim(text.substr(0, open));
  const Responder* person =
      people_.by_email(base::trim(text.substr(open + 1, text.size() - open - 2)));
  return name.empty() || people_.by_name(name) == person ? person : nullptr;
}

// All of them, or none. "Bell, Ana; Cole, Ben" names two people, and so does "Bell, Ana, Cole,
// Ben".
std::vector<const Responder*> Summaries::people_named(std::string_view names) const {
  if (names.empty()) return {};
  if (const Responder* person = person_named(names)) return {person};
  std::vector<const Responder*> out;
  const std::vector<std::string_view> parts = parts_of(names);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].empty()) return {};
    const Responder* person = person_named(parts[i]);
    if (person == nullptr && i + 1 < parts.size() && !parts[i + 1].empty()) {
      const char* end = parts[i + 1].data() + parts[i + 1].size();
      const std::string_view both{parts[i].data(), static_cast<std::size_t>(end - parts[i].data())};
      const bool comma = base::trim(both.substr(parts[i].size())).starts_with(',');
      if (comma) person = person_named(both);
      ++i;
    }
    if (person == nullptr) return {};
    out.push_back(person);
  }
  return out;
}

struct Summaries::Match {
  std::size_t begin = 0;
  std::size_t end = 0;
  const Responder* person = nullptr;
};

// The names in a text, from left to right, the longest of each beginning.
std::vector<Summaries::Match> Summaries::matches_in(std::string_view text) const {
  constexpr std::size_t kLongestName = 5;  // words
  constexpr std::string_view kMarks = " \t\n()[],;:.|/&+-";
  constexpr std::string_view kWithin = " ,.-";  // of a name: "Bell, Dr. Ana"
  std::vector<Match> out;
  for (std::size_t at = text.find_first_not_of(kMarks); at != std::string_view::npos;
       at = text.find_first_not_of(kMarks, text.find_first_of(kMarks, at))) {
    Match longest;
    std::size_t end = std::min(text.find_first_of(kMarks, at), text.size());
    for (std::size_t count = 2; count <= kLongestName; ++count) {
      const std::size_t next = text.find_first_not_of(kWithin, end);
      if (next == std::string_view::npos || kMarks.find(text[next]) != std::string_view::npos)
        break;
      end = std::min(text.find_first_of(kMarks, next), text.size());
      if (const Responder* person = people_.by_name(text.substr(at, end - at)))
        longest = {at, end, person};
    }
    if (longest.person != nullptr) out.push_back(longest);
    if (text.find_first_of(kMarks, at) == std::string_view::npos) break;
  }
  return out;
}

std::optional<Summary> Summaries::named_within(const std::string& text) {
  if (const auto known = within_.find(text); known != within_.end()) return known->second;
  auto found = find_within(text);
  if (within_.size() < kMostKept) within_.emplace(text, found);
  return found;
}

bool Summaries::is_of_several(const std::string& words) {
  if (const auto known = of_several_.find(words); known != of_several_.end()) return known->second;
  bool is = words.size() <= kLongestText && !matches_in(words).empty();
  for (std::size_t at = words.find_first_of(":;"); !is && at != std::string::npos;
       at = words.find_first_of(":;", at + 1))
    is = words_.says_the_same(std::string_view{words}.substr(0, at),
                              std::string_view{words}.substr(at + 1));
  if (of_several_.size() < kMostKept) of_several_.emplace(words, is);
  return is;
}

std::optional<Summary> Summaries::find_within(std::string_view text) const {
  if (text.size() > kLongestText) return std::nullopt;
  Summary out;
  std::size_t begin = text.size();
  std::size_t end = 0;
  for (const Match& match : matches_in(text)) {
    if (!out.people.empty()) {
      if (match.end <= end) continue;  // "Ann Bell" in "Mary Ann Bell"
      if (match.begin < end || !is_list_mark(text.substr(end, match.begin - end)))
        return std::nullopt;
    }
    begin = std::min(begin, match.begin);
    end = match.end;
    if (std::find(out.people.begin(), out.people.end(), match.person) == out.people.end())
      out.people.push_back(match.person);
  }
  if (out.people.empty()) return std::nullopt;
  const std::string_view before = text.substr(0, begin);
  const std::string_view behind = text.substr(end);
  using Side = DutyWords::Side;
  if (!words_.is_known_beside(before, Side::before) ||
      !words_.is_known_beside(behind, Side::behind))
    return std::nullopt;
  out.words = fmt::format("{} {}", before, behind);
  if (words_.is_about_others(out.words)) return std::nullopt;
  return out;
}

}  // namespace tocsin::roster
