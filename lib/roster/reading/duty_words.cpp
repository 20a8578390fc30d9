#include "roster/reading/duty_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "roster/people/spelling.h"
#include "roster/reading/duty_phrases.h"

namespace tocsin::roster {

namespace {

constexpr std::size_t kLongestPhrase = 5;  // words

struct Token {
  std::string text;
  char before = '-';  // what joined it to the token before: / . _ or anything else as -
};

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Times of day in a text say when, and that stands in the event already: "20:00-08:00".
std::string without_times(std::string text) {
  for (std::size_t at = 0; at + 3 < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && is_letter_or_digit(text[at - 1]))) continue;
    const std::size_t mark = is_digit(text[at + 1]) ? at + 2 : at + 1;
    if (mark + 2 >= text.size() || (text[mark] != ':' && text[mark] != '.')) continue;
    if (!is_digit(text[mark + 1]) || !is_digit(text[mark + 2])) continue;
    if (mark + 3 < text.size() && is_letter_or_digit(text[mark + 3])) continue;
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(at),
              text.begin() + static_cast<std::ptrdiff_t>(mark) + 3, ' ');
  }
  return text;
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> out;
  const std::string folded = without_times(fold(text));
  char between = '-';
  bool open = false;
  for (const char c : folded) {
    if (c == '\'') continue;
    if (!is_letter_or_digit(c)) {
      const bool joins = open && (c == '/' || c == '.' || c == '_');
      between = joins ? c : '-';
      open = false;
      continue;
    }
    if (!open) out.push_back({{}, out.empty() ? '-' : between});
    out.back().text += c;
    open = true;
  }
  // "A/L" and "A.L." are the code AL.
  std::vector<Token> merged;
  bool letters = false;
  for (Token& token : out) {
    const bool single = token.text.size() == 1 && !is_digit(token.text[0]);
    if (single && letters && (token.before == '/' || token.before == '.'))
      merged.back().text += token.text;
    else
      merged.push_back(token);
    letters = single;
  }
  return merged;
}

std::string joined(const std::vector<Token>& tokens, std::size_t from, std::size_t count) {
  std::string out;
  for (std::size_t i = from; i < from + count; ++i) {
    if (i > from) out += '-';
    out += tokens[i].text;
  }
  return out;
}

bool is_number(std::string_view word) {
  const std::size_t digits = word.find_first_not_of("0123456789");
  if (digits == 0) return false;
  const std::string_view ending = digits == std::string_view::npos ? "" : word.substr(digits);
  return ending.empty() || ending == "st" || ending == "nd" || ending == "rd" || ending == "th";
}

// They say nothing at the edge of a role: "for anaesthetics".
bool is_filler(std::string_view word) {
  static constexpr auto kFillers = std::to_array<std::string_view>(
      {"the", "a", "an", "as", "for", "of", "in", "at", "to", "and", "with", "rota", "roster",
       "approved", "booked", "confirmed", "swap", "swapped"});
  return std::find(kFillers.begin(), kFillers.end(), word) != kFillers.end();
}

bool says_nothing(std::string_view word) { return is_filler(word) || is_number(word); }

bool is_weak(Sense sense) { return sense == Sense::weakly_on_duty || sense == Sense::by_day; }

}  // namespace

// What was found in one text.
struct DutyWords::Heard {
  std::vector<Token> tokens;
  std::vector<std::optional<Sense>> senses;  // of each token
  std::set<Sense> all;
  const Meaning* said = nullptr;

  bool has(Sense sense) const { return all.contains(sense); }
};

std::string duty_key(std::string_view text) {
  const std::vector<Token> tokens = tokens_of(text);
  return joined(tokens, 0, tokens.size());
}

DutyWords::DutyWords(const Mapping& mapping, const Meanings& meanings, const Roster& roster) {
  for (const std::string_view word : base::split(trade_words(), ' ')) known_.emplace(word);
  for (const Responder& person : roster.responders()) {
    know(person.role.str());
    know(person.ward.str());
    know(person.staff_group.str());
    for (const SkillId& skill : person.skills) know(skill.str());
    if (!person.role.empty()) roles_.insert(std::string{person.role.str()});
    if (!person.ward.empty()) wards_.insert(std::string{person.ward.str()});
  }
  for (const Phrases& group : duty_phrases())
    for (const std::string_view words : base::split(group.words, ' '))
      phrases_.emplace(words, group.sense);
  said_ = meanings;
  if (const auto words = mapping.words.find("duty"); words != mapping.words.end())
    for (const auto& [theirs, ours] : words->second) {
      const auto named = duty_from_text(ours);  // "off" plans nothing
      const auto duty = named ? std::optional{DutyText{*named, {}, {}, {}}} : decide(ours, {});
      if (duty) said_[duty_key(theirs)] = {theirs, duty->duty, RoleId{}, duty->from, duty->until};
    }
  for (const auto& [words, meaning] : said_) {
    if (meaning.duty == Duty::absent) phrases_[words] = Sense::absent;
    if (meaning.duty == Duty::on_call) phrases_[words] = Sense::on_call;
    if (meaning.duty == Duty::on_duty) phrases_[words] = Sense::on_duty;
  }
}

void DutyWords::know(std::string_view words) {
  for (Token& token : tokens_of(words)) known_.insert(std::move(token.text));
}

DutyWords::Heard DutyWords::hear(std::string_view text) const {
  Heard heard;
  heard.tokens = tokens_of(text);
  heard.senses.resize(heard.tokens.size());
  for (std::size_t at = 0; at < heard.tokens.size();) {
    std::size_t taken = 1;
    for (std::size_t count = std::min(kLongestPhrase, heard.tokens.size() - at); count > 0;
         --count) {
      const std::string words = joined(heard.tokens, at, count);
      const auto phrase = phrases_.find(words);
      if (phrase == phrases_.end()) continue;
      std::fill_n(heard.senses.begin() + static_cast<std::ptrdiff_t>(at), count, phrase->second);
      heard.all.insert(phrase->second);
      if (const auto said = said_.find(words); said != said_.end()) heard.said = &said->second;
      taken = count;
      break;
    }
    at += taken;
  }
  if (text.find('?') != std::string_view::npos) heard.all.insert(Sense::doubt);
  return heard;
}

bool DutyWords::all_known(const std::vector<std::string>& words) const {
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return known_.contains(word) || says_nothing(word);
  });
}

// The words that name no duty, up to what they cover: "anaesthetist covering theatres".
std::string DutyWords::rest_of(const Heard& heard) const {
  const auto collect = [&](bool with_weak) {
    std::vector<Token> kept;
    for (std::size_t i = 0; i < heard.tokens.size(); ++i) {
      const auto sense = heard.senses[i];
      if (heard.tokens[i].text == "covering" && !kept.empty()) break;
      const bool keeps = !sense || sense == Sense::name || (with_weak && is_weak(*sense));
      if (keeps) kept.push_back(heard.tokens[i]);
    }
    while (!kept.empty() && is_filler(kept.back().text)) kept.pop_back();
    while (!kept.empty() && is_filler(kept.front().text)) kept.erase(kept.begin());
    std::string out;
    for (const Token& token : kept) {
      if (!out.empty()) out += token.before;
      out += token.text;
    }
    return canonical_word(out);
  };
  std::string whole = collect(true);
  return roles_.contains(whole) ? whole : collect(false);
}

std::optional<DutyText> DutyWords::decide(std::string_view text,
                                          const std::vector<std::string>& categories) const {
  if (const auto said = said_.find(duty_key(text)); said != said_.end()) {
    const Meaning& meaning = said->second;
    return DutyText{meaning.duty, std::string{meaning.role.str()}, meaning.from, meaning.until};
  }
  Heard heard = hear(text);
  for (const std::string& category : categories) heard.all.merge(hear(category).all);
  DutyText out;
  out.rest = rest_of(heard);
  if (heard.said != nullptr) {
    out.from = heard.said->from;
    out.until = heard.said->until;
    if (!heard.said->role.empty()) out.rest = heard.said->role.str();
  }
  std::vector<std::string> others;
  for (std::size_t i = 0; i < heard.tokens.size(); ++i)
    if (!heard.senses[i] || heard.senses[i] == Sense::name) others.push_back(heard.tokens[i].text);

  using enum Sense;
  if (heard.has(doubt)) return std::nullopt;
  const bool only_absent = !heard.has(cover) && !heard.has(on_call) && !heard.has(on_duty);
  if (heard.has(absent) || heard.has(weakly_absent)) {
    const bool sure = heard.has(absent) || std::all_of(others.begin(), others.end(), says_nothing);
    if (!only_absent || !sure || heard.has(weakly_on_duty)) return std::nullopt;
    out.duty = Duty::absent;
    out.rest.clear();
    return out;
  }
  if (heard.has(on_call)) {
    out.duty = Duty::on_call;
    return out;
  }
  if (heard.has(cover)) return std::nullopt;
  const bool weak = heard.has(weakly_on_duty) || heard.has(by_day);
  if (!heard.has(on_duty) && !(weak && all_known(others))) return std::nullopt;
  out.duty = Duty::on_duty;
  return out;
}

std::optional<DutyText> DutyWords::read(std::string_view text,
                                        const std::vector<std::string>& categories) {
  if (!categories.empty()) return decide(text, categories);
  const auto known = read_.find(std::string{text});
  if (known != read_.end()) return known->second;
  auto decided = decide(text, categories);
  constexpr std::size_t kMost = 10'000;  // different texts that are remembered
  if (read_.size() < kMost) read_.emplace(text, decided);
  return decided;
}

}  // namespace tocsin::roster
