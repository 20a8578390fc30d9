#include "incident/answer/clauses.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace tocsin::incident {

namespace {

class Splitter {
 public:
  explicit Splitter(std::span<const Token> tokens) : tokens_(tokens), clauses_(1) {
    clauses_.back().begins_line = true;
  }

  std::vector<Clause> all() {
    while (at_ < tokens_.size()) next();
    if (clauses_.back().items.empty() && clauses_.size() > 1) clauses_.pop_back();
    return std::move(clauses_);
  }

 private:
  using Kind = Token::Kind;

  void next() {
    const Token& token = tokens_[at_];
    if (token.kind == Kind::line || token.kind == Kind::stop || token.kind == Kind::question) {
      if (token.kind == Kind::question) clauses_.back().is_question = true;
      is_below_ |= token.kind == Kind::line && at_ > 0 && tokens_[at_ - 1].kind == Kind::line &&
                   clauses_.size() > 1;
      begin(token.kind == Kind::line);
      ++at_;
      return;
    }
    const Phrase phrase = phrase_at(tokens_.subspan(at_));
    using enum Meaning;
    if (phrase.meaning == but || phrase.meaning == so || phrase.meaning == because) {
      begin(false);
      clauses_.back().follows_but = phrase.meaning == but;
      clauses_.back().follows_so = phrase.meaning == so;
    } else {
      // "Y 20 which entrance?"
      if (phrase.meaning == asks && phrase.value == 0) begin(false);
      add(token, phrase);
    }
    at_ += phrase.tokens;
  }

  void begin(bool begins_line) {
    Clause& last = clauses_.back();
    if (last.items.empty()) {
      last.begins_line |= begins_line;
      last.is_below = is_below_;
      return;
    }
    clauses_.emplace_back();
    clauses_.back().begins_line = begins_line;
    clauses_.back().is_below = is_below_;
  }

  void add(const Token& token, const Phrase& phrase) {
    Item item{phrase.meaning, phrase.value, {}, '\0', token.is_joined};
    if (token.kind == Kind::number && phrase.meaning == Meaning::unknown) {
      item.meaning = Meaning::number;
      item.digits = token.text;
    } else if (token.kind == Kind::mark && phrase.meaning == Meaning::unknown) {
      item.mark = token.text.front();
    }
    clauses_.back().items.push_back(std::move(item));
  }

  std::span<const Token> tokens_;
  std::vector<Clause> clauses_;
  std::size_t at_ = 0;
  bool is_below_ = false;
};

// "eta: 20", "yes-20", "yes/20": a mark between a word and a number says nothing.
void drop_idle_marks(std::vector<Item>& items) {
  const auto is_number = [&](std::size_t i) {
    return i < items.size() && !items[i].digits.empty();
  };
  std::vector<Item> kept;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const char mark = items[i].mark;
    const bool between_words = i > 0 && !is_number(i - 1);
    const bool is_idle = mark != '\0' &&
                         std::string_view{":.,-"}.find(mark) != std::string_view::npos &&
                         (between_words || !is_number(i + 1));
    const bool is_sign = mark == '+' && is_number(i + 1) && !(i > 0 && is_number(i - 1));
    if (!is_idle && !is_sign) kept.push_back(items[i]);
  }
  items = std::move(kept);
}

// "only if you are really short" is a last resort, whatever says nothing in between.
void join_conditions(std::vector<Item>& items) {
  using enum Meaning;
  std::vector<Item> kept;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].meaning == only_if) {
      std::size_t end = i + 1;
      while (end < items.size() && items[end].meaning == filler) ++end;
      const bool is_short = end < items.size() && items[end].meaning == shortage;
      while (is_short && end + 1 < items.size() && items[end + 1].meaning == shortage) ++end;
      kept.push_back(items[i]);
      kept.back().meaning = is_short ? last_resort : hedge;
      if (is_short) i = end;
    } else {
      kept.push_back(items[i]);
      if (items[i].meaning == shortage) kept.back().meaning = unknown;
    }
  }
  items = std::move(kept);
}

void press_key(Clause& clause) {
  using enum Meaning;
  std::size_t begin = 0;
  const auto says_key = [](const Item& item) { return item.meaning == filler && item.value == 2; };
  while (begin < clause.items.size() && says_key(clause.items[begin])) ++begin;
  if (begin == clause.items.size()) return;
  Item& first = clause.items[begin];
  if (first.digits.size() != 1 || first.digits < "1" || first.digits > "4") return;
  const bool is_joined = clause.items.size() > begin + 1 && clause.items[begin + 1].is_joined;
  SaidTime time;
  const std::size_t size = read_time(std::span{clause.items}.subspan(begin), time);
  if (is_joined || size != 1 || time.kind != SaidTime::Kind::bare) return;
  constexpr std::array kKeys = {yes, later, last_resort, no};
  first.meaning = kKeys[static_cast<std::size_t>(first.digits.front() - '1')];
  first.digits.clear();
}

}  // namespace

std::vector<Clause> clauses_of(std::span<const Token> tokens) {
  std::vector<Clause> clauses = Splitter{tokens}.all();
  for (Clause& clause : clauses) {
    drop_idle_marks(clause.items);
    join_conditions(clause.items);
  }
  press_key(clauses.front());
  return clauses;
}

}  // namespace tocsin::incident
