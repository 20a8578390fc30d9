#include "roster/people/names.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <tuple>
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

using Pairs = std::vector<LookAlike>;

void note(Pairs& pairs, std::size_t a, std::size_t b, Likeness likeness) {
  if (a != b) pairs.push_back({std::min(a, b), std::max(a, b), likeness});
}

// Each pair once, with its first likeness, by likeness and then in the order of the roster.
void settle(Pairs& pairs) {
  const auto key = [](const LookAlike& pair) {
    return std::tuple{pair.first, pair.second, pair.likeness};
  };
  std::ranges::sort(pairs, {}, key);
  const auto is_repeated = [](const LookAlike& a, const LookAlike& b) {
    return a.first == b.first && a.second == b.second;
  };
  pairs.erase(std::unique(pairs.begin(), pairs.end(), is_repeated), pairs.end());
  std::ranges::stable_sort(pairs, {}, &LookAlike::likeness);
}

// A position in a list of names, under a hash of something that names may have in common.
struct Hashed {
  std::uint64_t hash;
  std::uint32_t position;
};

// Calls `with` for each group of positions with one hash, in their order. Sorting is much cheaper
// than a map with a million texts for keys. Whoever calls compares the texts themselves.
template <class With>
void for_each_group(std::vector<Hashed> all, With with) {
  constexpr std::size_t kMost = 100;  // what hundreds of people share means nothing
  std::ranges::sort(all, {}, [](const Hashed& one) { return std::pair{one.hash, one.position}; });
  for (auto begin = all.begin(); begin != all.end();) {
    const auto end =
        std::find_if(begin, all.end(), [&](const Hashed& one) { return one.hash != begin->hash; });
    const auto size = static_cast<std::size_t>(end - begin);
    if (size > 1 && size <= kMost) with(std::span<const Hashed>{begin, end});
    begin = end;
  }
}

// Pairs each of the people whose names have the same key under `key_of` with the next of them.
template <class KeyOf>
void pair_equals(const std::vector<Name>& names, Pairs& pairs, Likeness likeness, KeyOf key_of) {
  std::vector<std::string> keys;
  std::vector<Hashed> all;
  for (const Name& name : names) {
    all.push_back({std::hash<std::string>{}(keys.emplace_back(key_of(name))),
                   static_cast<std::uint32_t>(all.size())});
  }
  for_each_group(std::move(all), [&](std::span<const Hashed> group) {
    for (std::size_t i = 1; i < group.size(); ++i) {
      const std::size_t a = group[i - 1].position;
      const std::size_t b = group[i].position;
      if (keys[a] == keys[b]) note(pairs, names[a].index, names[b].index, likeness);
    }
  });
}

// Leaves each different name once, to its first holder. Ten people of one name and ten of a similar
// one would be a hundred pairs.
void keep_different(std::vector<Name>& names) {
  std::unordered_set<std::string_view> seen;
  seen.reserve(names.size());
  std::vector<bool> is_repeated;
  for (const Name& name : names) is_repeated.push_back(!seen.insert(name.key).second);
  std::size_t position = 0;
  std::erase_if(names, [&](const Name&) { return is_repeated[position++]; });
}

std::string sorted_key(const Name& name) {
  std::vector<std::string> words = name.words;
  std::sort(words.begin(), words.end());
  return base::join(words, " ");
}

// The hashes of a text, and of what is left of it when one of its letters is taken away:
// polynomials modulo 2^64, so that each takes a few steps.
void hash_shortened(std::string_view text, std::uint32_t position, std::vector<Hashed>& out) {
  constexpr std::uint64_t kBase = 0x9e37'79b9'7f4a'7c15;
  std::vector<std::uint64_t> upto{0};   // the hash of the first letters
  std::vector<std::uint64_t> power{1};  // of the base
  for (const char c : text) {
    upto.push_back(upto.back() * kBase + static_cast<unsigned char>(c));
    power.push_back(power.back() * kBase);
  }
  out.push_back({upto.back(), position});
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    if (cut > 0 && text[cut] == text[cut - 1]) continue;  // the same text again
    const std::uint64_t behind = power[text.size() - cut - 1];
    out.push_back({upto[cut] * behind + upto.back() - upto[cut + 1] * behind, position});
  }
}

// Whether one letter was added, dropped or changed, or two neighbours were swapped.
bool is_one_slip(std::string_view a, std::string_view b) {
  const auto first = std::ranges::mismatch(a, b);
  a.remove_prefix(static_cast<std::size_t>(first.in1 - a.begin()));
  b.remove_prefix(static_cast<std::size_t>(first.in2 - b.begin()));
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  if (a.size() <= 1 && b.size() <= 1) return !a.empty() || !b.empty();
  return a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0];
}

// Finds names that differ in one letter added, dropped or changed, or in two neighbours swapped.
// Such names are equal after one letter is removed from each, or from one.
void pair_spellings(const std::vector<Name>& names, Pairs& pairs) {
  std::vector<Hashed> all;
  std::size_t size = 0;
  for (const Name& name : names) size += name.key.size() + 1;
  all.reserve(size);
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i].key.size() >= kShortestForSpelling)
      hash_shortened(names[i].key, static_cast<std::uint32_t>(i), all);
  for_each_group(std::move(all), [&](std::span<const Hashed> group) {
    for (std::size_t i = 0; i < group.size(); ++i)
      for (std::size_t j = i + 1; j < group.size(); ++j) {
        const Name& a = names[group[i].position];
        const Name& b = names[group[j].position];
        if (is_one_slip(a.key, b.key)) note(pairs, a.index, b.index, Likeness::spelling);
      }
  });
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
  names.reserve(roster.size());
  for (std::size_t i = 0; i < roster.size(); ++i) {
    if (!roster[i].is_active()) continue;
    Name name{i, name_words(roster[i].name), {}};
    if (name.words.empty()) continue;
    name.key = base::join(name.words, " ");
    names.push_back(std::move(name));
  }
  Pairs pairs;
  pair_equals(names, pairs, Likeness::same, [](const Name& name) { return name.key; });
  keep_different(names);
  pair_equals(names, pairs, Likeness::swapped, sorted_key);
  pair_spellings(names, pairs);
  pair_initials(names, pairs);

  settle(pairs);
  return pairs;
}

}  // namespace tocsin::roster
