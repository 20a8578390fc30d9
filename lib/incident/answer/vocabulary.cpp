#include "incident/answer/vocabulary.h"

#include <algorithm>
#include <set>
#include <string>
#include <unordered_map>

#include "base/text.h"

namespace tocsin::incident {

namespace {

constexpr std::size_t kLongestPhrase = 9;  // in tokens
// A shorter word with one letter changed is too often another word.
constexpr std::size_t kShortestMisspelt = 6;
constexpr std::size_t kLongestMisspelt = 20;

// Each beginning stands before each end: "cant come in", "wont be able to make it".
constexpr std::string_view kRefusing =
    "cant|cannot|can not|cnt|carnt|cannt|wont|will not|unable to|not able to|wont be able to|"
    "will not be able to|not going to be able to|not gonna be able to|am unable to|am not able to|"
    "im unable to|im not able to|really cant|just cant|simply cant|cant really|i cant|"
    "i cannot|not going to|not gonna|do not want to|dont want to";
constexpr std::string_view kRefused =
    "come|come in|come tonight|come in tonight|come at all|come this time|come today|make it|"
    "make it in|make it tonight|make it today|make this one|get in|get in tonight|get there|"
    "get away|attend|help|help tonight|help out|be there|do it|do tonight|do this one|do today|"
    "leave|leave the ward|leave them|leave the kids|leave the house|leave home|drive|drive tonight|"
    "drive in|travel|commit|cover|work|work tonight|make that";

class Vocabulary {
 public:
  Vocabulary() {
    for (const auto table : {english_words(), welsh_words(), polish_words(), urdu_words()})
      for (const Words& words : table)
        for (const std::string_view phrase : base::split(words.phrases, '|'))
          add(plain_spelling(phrase), {words.meaning, words.value});
    for (const std::string_view refusing : base::split(kRefusing, '|'))
      for (const std::string_view refused : base::split(kRefused, '|'))
        add(std::string{refusing} + ' ' + std::string{refused}, {Meaning::no});
  }

  const Phrase* find(const std::string& words) const {
    const auto found = phrases_.find(words);
    return found == phrases_.end() ? nullptr : &found->second;
  }

  // The one known word with one slip, or the word itself.
  std::string corrected(const std::string& word) const {
    const bool is_long = word.size() >= kShortestMisspelt && word.size() <= kLongestMisspelt;
    if (!is_long || words_.contains(word)) return word;
    const std::string* meant = nullptr;
    for (const std::string& known : words_) {
      const bool is_near = known.size() + 1 >= kShortestMisspelt && known.front() == word.front() &&
                           known.size() <= word.size() + 1 && word.size() <= known.size() + 1 &&
                           base::edit_distance(known, word) == 1;
      if (!is_near) continue;
      if (meant != nullptr && !means_the_same(*meant, known)) return word;
      meant = &known;
    }
    return meant != nullptr ? *meant : word;
  }

 private:
  bool means_the_same(const std::string& one, const std::string& other) const {
    const Phrase* a = find(one);
    const Phrase* b = find(other);
    return a != nullptr && b != nullptr && a->meaning == b->meaning && a->value == b->value;
  }

  // Says nothing before it says something: "be" stands in both tables.
  void add(std::string words, Phrase phrase) {
    for (const std::string_view word : base::split(words, ' ')) words_.emplace(word);
    const auto [known, is_new] = phrases_.try_emplace(std::move(words), phrase);
    if (!is_new && known->second.meaning == Meaning::filler) known->second = phrase;
  }

  std::unordered_map<std::string, Phrase> phrases_;
  std::set<std::string> words_;  // of all phrases
};

// It is the same for ever, and too large to make for each answer.
const Vocabulary& vocabulary() {
  static const Vocabulary kVocabulary;
  return kVocabulary;
}

bool is_picture(std::string_view text) noexcept {
  return text.starts_with('\xf0') || (text.starts_with('\xe2') && text.size() == 3);
}

// "half-hour", "a.m." and "A/L" are two words each, "1/2" and "l8r" are one.
bool separates(std::span<const Token> tokens, std::size_t at) {
  return tokens[at].kind == Token::Kind::mark && at > 0 && at + 1 < tokens.size() &&
         tokens[at - 1].kind == Token::Kind::word && tokens[at + 1].kind == Token::Kind::word &&
         tokens[at].text != "," && tokens[at].text != "@" && tokens[at].text != "+";
}

}  // namespace

Phrase phrase_at(std::span<const Token> tokens) {
  using Kind = Token::Kind;
  Phrase best;
  bool found = false;
  std::string words;
  const std::size_t most = std::min(tokens.size(), kLongestPhrase);
  for (std::size_t i = 0; i < most; ++i) {
    const Token& token = tokens[i];
    if (token.kind != Kind::word && token.kind != Kind::number && token.kind != Kind::mark) break;
    if (separates(tokens, i)) {
      words += ' ';
      continue;
    }
    if (i > 0 && !token.is_joined) words += ' ';
    words += token.kind == Kind::word ? vocabulary().corrected(token.text) : token.text;
    // A number alone is read by whoever reads times.
    const bool cuts_word = i + 1 < tokens.size() && tokens[i + 1].is_joined &&
                           token.kind == Kind::word && tokens[i + 1].kind == Kind::word &&
                           !is_picture(token.text) && !is_picture(tokens[i + 1].text);
    const Phrase* phrase = token.kind == Kind::mark || cuts_word  ? nullptr
                           : i == 0 && token.kind == Kind::number ? nullptr
                                                                  : vocabulary().find(words);
    if (phrase == nullptr) continue;
    best = *phrase;
    best.tokens = i + 1;
    found = true;
  }
  if (found) return best;
  const Token& first = tokens.front();
  if (first.kind == Kind::word && is_picture(first.text)) return {Meaning::filler};
  return {};
}

}  // namespace tocsin::incident
