#include "roster/people/names.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "roster/people/spelling.h"

namespace tocsin::roster {

namespace {

constexpr std::array<std::string_view, 14> kTitles{"dr",     "mr",        "mrs",  "ms",   "miss",
                                                   "mx",     "prof",      "sir",  "dame", "rev",
                                                   "sister", "professor", "lord", "lady"};
// In a shorter name one letter is too large a part for a comparison.
constexpr std::size_t kShortestForSpelling = 6;

bool is_title(std::string_view word) {
  return std::find(kTitles.begin(), kTitles.end(), word) != kTitles.end();
}

void append_words(std::string_view folded, std::vector<std::string>& words) {
  std::string word;
  for (const char c : folded) {
    if (c == '\'') continue;  // O'Brien and OBrien
    const bool letter =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (letter) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
}

struct Name {
  std::size_t index;
  std::vector<std::string> words;
  std::string key;
};

using Pairs = std::map<std::pair<std::size_t, std::size_t>, Likeness>;

void note(Pairs& pairs, std::size_t a, std::size_t b, Likeness likeness) {
  if (a == b) return;
  // Keep the first likeness of a pair: the closest are searched for first.
  pairs.emplace(std::minmax(a, b), likeness);
}

// Pairs each of the people whose names have the same key under `key_of` with the next of them.
template <class KeyOf>
void pair_equals(const std::vector<Name>& names, Pairs& pairs, Likeness likeness, KeyOf key_of) {
  constexpr std::size_t kMost = 100;  // a key that hundreds of people share means nothing
  std::unordered_map<std::string, std::vector<std::size_t>> groups;
  for (const Name& name : names) groups[key_of(name)].push_back(name.index);
  for (const auto& [key, members] : groups) {
    if (key.empty() || members.size() > kMost) continue;
    for (std::size_t i = 1; i < members.size(); ++i)
      note(pairs, members[i - 1], members[i], likeness);
  }
}

// Each different name once, of its first holder. Ten people of one name and ten of a similar one
// would be a hundred pairs.
std::vector<Name> different(const std::vector<Name>& names) {
  std::vector<Name> out;
  std::unordered_set<std::string_view> seen;
  for (const Name& name : names)
    if (seen.insert(name.key).second) out.push_back(name);
  return out;
}

std::string sorted_key(const Name& name) {
  std::vector<std::string> words = name.words;
  std::sort(words.begin(), words.end());
  return base::join(words, " ");
}

// Finds names that differ in one letter added, dropped or changed, or in two neighbours swapped.
// Such names are equal after one letter is removed from each, or from one.
void pair_spellings(const std::vector<Name>& names, Pairs& pairs) {
  constexpr std::size_t kMost = 100;
  std::unordered_map<std::string, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string& key = names[i].key;
    if (key.size() < kShortestForSpelling) continue;
    groups[key].push_back(i);
    for (std::size_t cut = 0; cut < key.size(); ++cut) {
      if (cut > 0 && key[cut] == key[cut - 1]) continue;  // the same string again
      groups[key.substr(0, cut) + key.substr(cut + 1)].push_back(i);
    }
  }
  for (const auto& [key, members] : groups) {
    if (members.size() < 2 || members.size() > kMost) continue;
    for (std::size_t i = 0; i < members.size(); ++i)
      for (std::size_t j = i + 1; j < members.size(); ++j) {
        const Name& a = names[members[i]];
        const Name& b = names[members[j]];
        if (a.key != b.key && base::edit_distance(a.key, b.key) == 1)
          note(pairs, a.index, b.index, Likeness::spelling);
      }
  }
}

// Finds "A Bell" and "Ana Bell". Two full names with the same initial are not confused.
void pair_initials(const std::vector<Name>& names, Pairs& pairs) {
  std::unordered_map<std::string, std::vector<const Name*>> groups;
  const auto key_of = [](const Name& name) {
    return name.words.front().substr(0, 1) + " " + name.words.back();
  };
  for (const Name& name : names)
    if (name.words.size() >= 2 && name.words.front().size() == 1) groups[key_of(name)];
  for (const Name& name : names) {
    if (name.words.size() < 2) continue;
    if (const auto at = groups.find(key_of(name)); at != groups.end()) at->second.push_back(&name);
  }
  for (const auto& [key, members] : groups)
    for (const Name* initial : members) {
      if (initial->words.front().size() > 1) continue;
      for (const Name* other : members)
        note(pairs, initial->index, other->index, Likeness::initials);
    }
}

}  // namespace

std::vector<std::string> name_words(std::string_view name) {
  const std::string folded = fold(name);
  std::vector<std::string> words;
  const auto comma = folded.find(',');
  if (comma != std::string::npos) append_words(std::string_view{folded}.substr(comma + 1), words);
  append_words(std::string_view{folded}.substr(0, comma), words);
  std::vector<std::string> without;
  std::copy_if(words.begin(), words.end(), std::back_inserter(without),
               [](const std::string& word) { return !is_title(word); });
  return without.empty() ? words : without;
}

std::string name_key(std::string_view name) { return base::join(name_words(name), " "); }

std::string_view to_text(Likeness likeness) noexcept {
  switch (likeness) {
    case Likeness::same:
      return "the same name";
    case Likeness::swapped:
      return "the same names in another order";
    case Likeness::spelling:
      return "one letter apart";
    case Likeness::initials:
      return "an initial that fits both";
  }
  return "alike";
}

std::vector<LookAlike> look_alikes(const Roster& roster) {
  std::vector<Name> names;
  for (std::size_t i = 0; i < roster.size(); ++i) {
    if (!roster[i].is_active()) continue;
    Name name{i, name_words(roster[i].name), {}};
    if (name.words.empty()) continue;
    name.key = base::join(name.words, " ");
    names.push_back(std::move(name));
  }
  Pairs pairs;
  pair_equals(names, pairs, Likeness::same, [](const Name& name) { return name.key; });
  const std::vector<Name> once = different(names);
  pair_equals(once, pairs, Likeness::swapped, sorted_key);
  pair_spellings(once, pairs);
  pair_initials(once, pairs);

  std::vector<LookAlike> out;
  for (const auto& [pair, likeness] : pairs) out.push_back({pair.first, pair.second, likeness});
  std::stable_sort(out.begin(), out.end(),
                   [](const LookAlike& a, const LookAlike& b) { return a.likeness < b.likeness; });
  return out;
}

}  // namespace tocsin::roster
