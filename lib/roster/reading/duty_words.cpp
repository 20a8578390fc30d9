#include "roster/reading/duty_words.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "roster/people/spelling.h"
#include "roster/reading/duty_phrases.h"
#include "roster/reading/duty_tokens.h"

namespace tocsin::roster {

namespace {

constexpr std::size_t kLongestPhrase = 5;  // words

bool is_number(std::string_view word) {
  const std::size_t digits = word.find_first_not_of("0123456789");
  if (digits == 0) return false;
  const std::string_view ending = digits == std::string_view::npos ? "" : word.substr(digits);
  return ending.empty() || ending == "st" || ending == "nd" || ending == "rd" || ending == "th";
}

// They say nothing at the edge of a role: "for anaesthetics".
bool is_filler(std::string_view word) {
  static constexpr auto kFillers = std::to_array<std::string_view>(
      {"the",      "a",      "an",        "as",   "for", "of",   "in",   "at",
       "to",       "from",   "until",     "till", "and", "with", "rota", "roster",
       "approved", "booked", "confirmed", "fw",   "fwd", "copy", "home"});
  return std::find(kFillers.begin(), kFillers.end(), word) != kFillers.end();
}

// "anaesthetist x2", "anaesthetist x 2", "2 x anaesthetist".
void take_multiples_out(std::vector<DutyToken>& tokens) {
  const auto is_number_at = [&tokens](std::size_t at) {
    return at < tokens.size() && is_number(tokens[at].text);
  };
  for (std::size_t i = 0; i < tokens.size();) {
    std::size_t from = i;
    std::size_t until = i + 1;
    if (tokens[i].text == "x") {
      if (is_number_at(until))
        ++until;
      else if (from > 0 && is_number_at(from - 1))
        --from;
      else
        until = from;  // x-ray
    } else if (!is_multiple(tokens[i].text)) {
      until = from;
    }
    if (until == from) {
      ++i;
      continue;
    }
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(from),
                 tokens.begin() + static_cast<std::ptrdiff_t>(until));
    i = from;
  }
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

bool says_nothing(std::string_view word) { return is_filler(word) || is_number(word); }

// Words of an absence that a place may be named by: "Sick ward", "Holiday camp unit".
bool names_place(std::string_view word) {
  static constexpr auto kNaming = std::to_array<std::string_view>(
      {"sick", "holiday", "holidays", "vacation", "ill", "illness", "sickness", "away",
       "bereavement", "rest", "study", "training"});
  return std::find(kNaming.begin(), kNaming.end(), word) != kNaming.end();
}

bool is_place(std::string_view word) {
  static constexpr auto kPlaces = std::to_array<std::string_view>(
      {"ward",     "wards", "unit", "bay",    "clinic", "centre",  "center", "room",  "suite",
       "hospital", "camp",  "team", "lounge", "office", "service", "house",  "lodge", "department",
       "dept",     "floor", "wing", "block",  "hub",    "desk",    "hotel",  "inn",   "annexe"});
  return std::find(kPlaces.begin(), kPlaces.end(), word) != kPlaces.end();
}

bool is_weak(Sense sense) { return sense == Sense::weakly_on_duty || sense == Sense::by_day; }

bool means_the_same(const Meaning& a, const Meaning& b) {
  return std::tie(a.duty, a.role, a.from, a.until) == std::tie(b.duty, b.role, b.from, b.until);
}

}  // namespace

// What was found in one text.
struct DutyWords::Heard {
  std::vector<DutyToken> tokens;
  std::vector<std::optional<Sense>> senses;  // of each token
  std::set<Sense> all;
  const Meaning* said = nullptr;

  bool has(Sense sense) const { return all.contains(sense); }
};

std::string duty_key(std::string_view text) {
  const std::vector<DutyToken> tokens = tokens_of(text);
  // "08:00-20:00" and "-" are different words, too.
  return tokens.empty() ? fold(base::trim(text)) : phrase_of(tokens, 0, tokens.size());
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
  for (const std::string_view word : base::split(matter_words(), ' '))
    if (!known_.contains(word)) phrases_.emplace(word, Sense::doubt);
  for (const auto* names : {&roles_, &wards_})
    for (const std::string& name : *names) know_name(name);
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
  for (DutyToken& token : tokens_of(words)) known_.insert(std::move(token.text));
}

// A ward or a role of the roster that has a word of an absence in its name: "sick-ward".
void DutyWords::know_name(const std::string& name) {
  const Heard heard = hear(name);
  const bool has_absence = heard.has(Sense::absent) || heard.has(Sense::weakly_absent);
  const bool has_duty = heard.has(Sense::on_call) || heard.has(Sense::on_duty);
  if (heard.tokens.size() < 2 || heard.tokens.size() > kLongestPhrase) return;
  if (has_absence && !has_duty && !is_only_absence(name)) phrases_[duty_key(name)] = Sense::name;
}

DutyWords::Heard DutyWords::hear(std::string_view text) const {
  Heard heard;
  heard.tokens = tokens_of(text);
  heard.senses.resize(heard.tokens.size());
  for (std::size_t at = 0; at < heard.tokens.size();) {
    std::size_t taken = 1;
    for (std::size_t count = std::min(kLongestPhrase, heard.tokens.size() - at); count > 0;
         --count) {
      const std::string words = phrase_of(heard.tokens, at, count);
      const auto phrase = phrases_.find(words);
      if (phrase == phrases_.end()) continue;
      std::fill_n(heard.senses.begin() + static_cast<std::ptrdiff_t>(at), count, phrase->second);
      heard.all.insert(phrase->second);
      if (const auto said = said_.find(words); said != said_.end()) {
        // Two words of the home that do not mean the same: "LD/N".
        if (heard.said != nullptr && !means_the_same(*heard.said, said->second))
          heard.all.insert(Sense::doubt);
        heard.said = &said->second;
      }
      taken = count;
      break;
    }
    at += taken;
  }
  if (has_mark_of_doubt(text)) heard.all.insert(Sense::doubt);
  if (has_place_of_absence(heard)) heard.all.insert(Sense::doubt);
  return heard;
}

// "Sick newborn unit": a place, or somebody of it who is sick. "Sick - ward 5" and "Sick leave ward
// 5" are none.
bool DutyWords::has_place_of_absence(const Heard& heard) {
  constexpr std::size_t kMostBetween = 2;  // words
  for (std::size_t i = 0; i < heard.tokens.size(); ++i) {
    const auto sense = heard.senses[i];
    const bool is_away = sense == Sense::absent || sense == Sense::weakly_absent;
    const bool follows =
        i > 0 && !heard.tokens[i].is_apart && heard.senses[i - 1] && heard.senses[i - 1] == sense;
    if (!is_away || follows || !names_place(heard.tokens[i].text)) continue;
    for (std::size_t at = i + 1; at < heard.tokens.size() && at <= i + 1 + kMostBetween; ++at) {
      if (heard.tokens[at].is_apart || heard.senses[at]) break;
      if (is_place(heard.tokens[at].text)) return true;
    }
  }
  return false;
}

bool DutyWords::all_known(const std::vector<std::string>& words) const {
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return known_.contains(word) || says_nothing(word);
  });
}

// The words that name no duty, up to what they cover: "anaesthetist covering theatres".
std::string DutyWords::rest_of(const Heard& heard) const {
  const auto collect = [&](bool with_weak) {
    std::vector<DutyToken> kept;
    for (std::size_t i = 0; i < heard.tokens.size(); ++i) {
      const auto sense = heard.senses[i];
      const bool covers_whom = i + 1 < heard.tokens.size() && heard.tokens[i + 1].text == "for";
      if (sense == Sense::cover &&
          (covers_whom || (heard.tokens[i].text == "covering" && !kept.empty())))
        break;
      const bool keeps = !sense || sense == Sense::name || (with_weak && is_weak(*sense));
      if (keeps) kept.push_back(heard.tokens[i]);
    }
    // "On call x2" is twice the same, and "1st", "1 of 2" are no role.
    if (std::all_of(kept.begin(), kept.end(), [](const DutyToken& token) {
          return says_nothing(token.text) || is_multiple(token.text) || token.text == "x";
        }))
      return std::string{};
    take_multiples_out(kept);
    while (!kept.empty() && is_filler(kept.back().text)) kept.pop_back();
    const auto is_a_and_e = [&kept] {
      return kept.size() > 1 && kept[0].text == "a" && kept[1].text == "e";
    };
    while (!kept.empty() && is_filler(kept.front().text) && !is_a_and_e()) kept.erase(kept.begin());
    std::string out;
    for (const DutyToken& token : kept) {
      if (!out.empty()) out += token.before;
      out += token.text;
    }
    return canonical_word(out);
  };
  std::string whole = collect(true);
  return roles_.contains(whole) ? whole : collect(false);
}

bool DutyWords::says_nothing_of_a_duty(std::string_view text) const {
  const Heard heard = hear(text);
  return std::all_of(heard.all.begin(), heard.all.end(), [](Sense sense) {
    return sense == Sense::name || sense == Sense::aside || sense == Sense::by_day;
  });
}

std::optional<DutyText> DutyWords::decide(std::string_view text,
                                          const std::vector<std::string>& categories) const {
  if (const auto said = said_.find(duty_key(text)); said != said_.end()) {
    const Meaning& meaning = said->second;
    // "N?" is not "N", unless that is what was said.
    if (has_mark_of_doubt(text) && !has_mark_of_doubt(meaning.written)) return std::nullopt;
    return DutyText{meaning.duty, std::string{meaning.role.str()}, meaning.from, meaning.until};
  }
  if (has_mark_of_doubt(text)) return std::nullopt;
  Heard heard = hear(text);
  if (heard.said == nullptr) heard = hear(without_hours(fold(text)));
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
  // "LD s" is a code of one letter, too.
  if (others.size() == 1 && others.front().size() == 1 && is_letter(others.front().front()) &&
      !known_.contains(others.front()))
    return std::nullopt;
  const bool only_absent = !heard.has(cover) && !heard.has(on_call) && !heard.has(on_duty);
  if (heard.has(absent) || heard.has(weakly_absent)) {
    const bool sure = heard.has(absent) || std::all_of(others.begin(), others.end(), says_nothing);
    if (!only_absent || !sure || heard.has(weakly_on_duty)) return std::nullopt;
    out.duty = Duty::absent;
    out.rest.clear();
    return out;
  }
  if (heard.has(on_call)) {
    // In the building or at home, as the hospital has it. A resident doctor is a trade.
    if (out.rest == "resident" && !roles_.contains(out.rest)) return std::nullopt;
    out.duty = Duty::on_call;
    return out;
  }
  if (heard.has(cover)) return std::nullopt;
  const bool weak = heard.has(weakly_on_duty) || heard.has(by_day);
  if (!heard.has(on_duty) && !(weak && all_known(others))) return std::nullopt;
  out.duty = Duty::on_duty;
  return out;
}

bool DutyWords::is_known_beside(std::string_view text, Side side) const {
  const Heard heard = hear(text);
  if (heard.tokens.empty()) return true;
  const std::size_t at = side == Side::before ? heard.tokens.size() - 1 : 0;
  const std::string& word = heard.tokens[at].text;
  if (is_filler(word)) return false;
  return heard.senses[at].has_value() || known_.contains(word) || is_number(word);
}

bool DutyWords::is_about_others(std::string_view text) const {
  const Heard heard = hear(text);
  return heard.has(Sense::cover) || heard.has(Sense::doubt);
}

bool DutyWords::says_on_call(std::string_view text) const { return hear(text).has(Sense::on_call); }

bool DutyWords::says_the_same(std::string_view one, std::string_view other) const {
  const Heard left = hear(one);
  const Heard right = hear(other);
  using enum Sense;
  return (left.has(on_call) && right.has(on_call)) || (left.has(on_duty) && right.has(on_duty)) ||
         (left.has(absent) && right.has(absent));
}

bool DutyWords::is_only_absence(std::string_view text) const {
  const Heard heard = hear(text);
  if (!heard.has(Sense::absent) && !heard.has(Sense::weakly_absent)) return false;
  for (std::size_t i = 0; i < heard.tokens.size(); ++i) {
    const auto sense = heard.senses[i];
    const bool is_away = sense == Sense::absent || sense == Sense::weakly_absent;
    // "Annual leave" and "Maternity leave": a kind of it.
    const bool is_kind =
        !sense && i + 1 < heard.tokens.size() &&
        (heard.tokens[i + 1].text == "leave" || heard.tokens[i + 1].text == "absence");
    const bool is_aside = sense == Sense::aside || (!sense && says_nothing(heard.tokens[i].text));
    if (!is_away && !is_kind && !is_aside) return false;
  }
  return !heard.has(Sense::doubt);
}

bool DutyWords::may_be_away(std::string_view text) const {
  const Heard heard = hear(text);
  const auto is_any_of = [](std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  bool is_off = heard.has(Sense::absent);
  for (const DutyToken& token : heard.tokens) {
    // It is of somebody else, whom the person stands in for.
    if (is_any_of(token.text,
                  {"covering", "covers", "for", "took", "takes", "other", "replaces", "replacing"}))
      return false;
    is_off = is_off || is_any_of(token.text, {"cancelled", "canceled", "withdrawn", "given",
                                              "removed", "declined", "dropped", "unable"});
  }
  return is_off;
}

bool DutyWords::is_only_doubt(std::string_view text) const {
  if (text.empty()) return false;
  const Heard heard = hear(text);
  return heard.has(Sense::doubt) &&
         std::all_of(heard.senses.begin(), heard.senses.end(),
                     [](const auto& sense) { return sense == Sense::doubt; });
}

bool DutyWords::is_of_half_day(std::string_view text) const {
  const std::vector<DutyToken> tokens = tokens_of(text);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string& word = tokens[i].text;
    if (word == "am" || word == "pm" || word == "morning" || word == "afternoon") return true;
    if (word == "5" && i > 0 && tokens[i - 1].text == "0") return true;  // 0.5
  }
  return text.find("½") != std::string_view::npos;
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
