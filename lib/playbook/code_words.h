// The code words of a playbook, agreed with staff beforehand: they tell somebody without a device
// what to do, on channels that strangers can read. A stranger learns nothing from them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::playbook {

// What somebody is to do.
enum class Meaning : std::uint8_t {
  come,      // answer: you are asked to come
  assigned,  // come: you are expected
  stay,      // stay where you are, sleep or wait
  ended,     // it is over
};
inline constexpr auto kMeaningWords =
    std::to_array<std::string_view>({"come", "assigned", "stay", "ended"});

// Staff must be able to tell one from the other (lib/README.md, rule 9).
enum class Occasion : std::uint8_t { real, exercise };
inline constexpr auto kOccasionWords = std::to_array<std::string_view>({"real", "exercise"});

struct CodeWords {
  std::string any;  // one for every message, which says only that it is no hoax; or empty
  // By occasion and meaning. All are empty, or none is.
  std::array<std::array<std::string, kMeaningWords.size()>, kOccasionWords.size()> words{};

  bool say_what_to_do() const noexcept { return !words[0][0].empty(); }
  std::string_view word(Occasion occasion, std::optional<Meaning> meaning) const;
  std::size_t longest() const;  // in characters
};

}  // namespace tocsin::playbook
